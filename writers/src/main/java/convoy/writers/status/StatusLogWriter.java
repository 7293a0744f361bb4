package convoy.writers.status;

import convoy.data.status.StatusColumn;
import convoy.data.status.StatusEvent;
import convoy.data.status.StatusFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a status log, {@code .csv} or {@code .jsonl} by its name (docs/formats/status-log.md). The
 * file appears whole, with {@link #commit}, or not at all. Not for use by several threads at once.
 */
public final class StatusLogWriter implements AutoCloseable {
  private final Path target;
  private final Path aside;
  private final FileChannel channel;
  private final BufferedWriter out;
  private final Row row;

  private interface Row {
    void write(StatusEvent event) throws IOException;
  }

  /**
   * @throws IllegalArgumentException when the name ends in neither .csv nor .jsonl
   * @throws IOException when the folder cannot be written to
   */
  public StatusLogWriter(Path target) throws IOException {
    this.target = target;
    String name = target.getFileName().toString();
    StatusFormat format =
        StatusFormat.of(name)
            .filter(f -> f != StatusFormat.XLSX)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        name + ": expected a name that ends in .csv or .jsonl"));
    // The name must not end in a suffix that an inbox takes for a finished log.
    this.aside = target.resolveSibling(name + ".part");
    this.channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    this.out =
        new BufferedWriter(
            new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
    this.row = format == StatusFormat.CSV ? csv() : json();
  }

  private Row csv() throws IOException {
    out.write(StatusColumn.headerLine() + "\n");
    CSVPrinter printer =
        new CSVPrinter(out, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get());
    return e ->
        printer.printRecord(
            e.eventId(),
            e.at(),
            e.vin(),
            e.module(),
            e.campaign(),
            e.manifestVersion(),
            e.attempt(),
            e.state(),
            e.reportedVersion(),
            e.errorCode(),
            e.text());
  }

  private Row json() {
    JsonFactory factory =
        JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();
    return e -> {
      try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
        json.writeStartObject();
        json.writeStringProperty(StatusColumn.EVENT_ID.header(), e.eventId());
        json.writeStringProperty(StatusColumn.AT.header(), e.at().toString());
        json.writeStringProperty(StatusColumn.VIN.header(), e.vin());
        json.writeStringProperty(StatusColumn.MODULE.header(), e.module());
        json.writeStringProperty(StatusColumn.CAMPAIGN.header(), e.campaign());
        json.writeNumberProperty(StatusColumn.MANIFEST_VERSION.header(), e.manifestVersion());
        json.writeNumberProperty(StatusColumn.ATTEMPT.header(), e.attempt());
        json.writeStringProperty(StatusColumn.STATE.header(), e.state().name());
        json.writeStringProperty(StatusColumn.REPORTED_VERSION.header(), e.reportedVersion());
        json.writeStringProperty(StatusColumn.ERROR_CODE.header(), e.errorCode());
        json.writeStringProperty(StatusColumn.TEXT.header(), e.text());
        json.writeEndObject();
      }
      out.write("\n");
    };
  }

  /** Adds an event to the end of the log. */
  public void write(StatusEvent event) throws IOException {
    row.write(event);
  }

  /** Makes the log appear under its name; nothing may be written after it. */
  public void commit() throws IOException {
    out.flush();
    channel.force(true);
    out.close();
    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Without a commit before, leaves nothing behind. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(aside);
  }
}

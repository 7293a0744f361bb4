package convoy.readers.status;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.VersionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads signed version reports, one on each line of a file {@code .vvr.jsonl}, without checking
 * their signatures. A line that is no report comes with its fault.
 *
 * <p>Ends with null after the last one. Not for use by several threads at once. As of status logs,
 * the position lives in the fleet store; it counts rows, of which a report has one for each ECU.
 */
public final class VersionReportReader implements ItemStreamReader<VersionReport> {
  private final Path file;
  private final LongSupplier startAfter;
  private @Nullable LineSource lines;

  /**
   * @param startAfter how many rows of this file are committed already, asked for once in each open
   */
  public VersionReportReader(Path file, LongSupplier startAfter) {
    this.file = file;
    this.startAfter = startAfter;
  }

  /**
   * Opens the file and passes over the committed rows.
   *
   * @throws ConvoyException INPUT_REFUSED when the file is missing, empty, no text, or has fewer
   *     rows than are committed
   */
  @Override
  public void open(ExecutionContext context) {
    close();
    if (!Files.isRegularFile(file)) {
      throw refused("no such file, expected version reports");
    }
    boolean opened = false;
    try {
      if (Files.size(file) == 0) {
        throw refused("the file is empty, expected one version report on each line");
      }
      lines = new LineSource(name(), Files.newInputStream(file));
      skip(startAfter.getAsLong());
      opened = true;
    } catch (IOException e) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED, name() + ": cannot be opened: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private void skip(long committed) {
    long rows = 0;
    while (rows < committed) {
      VersionReport report = read();
      if (report == null) {
        break;
      }
      rows += report.rows();
    }
    if (rows != committed) {
      throw refused(
          "%s rows, but %s were read from it before; expected the same file"
              .formatted(rows, committed));
    }
  }

  /**
   * @throws IllegalStateException before open
   */
  @Override
  public @Nullable VersionReport read() {
    LineSource open = lines;
    if (open == null) {
      throw new IllegalStateException(name() + ": read before open");
    }
    RawLine line = open.next();
    while (line != null && line.text().isBlank()) {
      line = open.next();
    }
    if (line == null) {
      return null;
    }
    return line.clean()
        ? VersionReport.parse(line.number(), line.text())
        : new VersionReport(
            line.number(), line.text(), null, "found bytes that are not UTF-8 text, expected JSON");
  }

  /** Closes the file; harmless when it is not open. */
  @Override
  public void close() {
    LineSource open = lines;
    lines = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new ItemStreamException(name() + ": cannot be closed", e);
      }
    }
  }

  private String name() {
    return file.getFileName().toString();
  }

  private ConvoyException refused(String message) {
    return new ConvoyException(ErrorCode.INPUT_REFUSED, name() + ": " + message);
  }
}

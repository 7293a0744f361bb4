package convoy.readers.status;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.StatusColumn;
import convoy.data.status.StatusFormat;
import convoy.data.status.StatusRow;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads a status log, {@code .csv}, {@code .jsonl} or {@code .xlsx}, row by row
 * (docs/formats/status-log.md). A row that is not an event comes with its rejections; only a file
 * that is no status log at all is refused.
 *
 * <p>Ends with null after the last row. Not for use by several threads at once. Nothing is kept in
 * the ExecutionContext: the position lives in the fleet store, committed with the rows, and is
 * asked for in {@link #open}; so a restart goes on after the last committed row.
 */
public final class StatusLogReader implements ItemStreamReader<StatusRow> {
  private final Path file;
  private final LongSupplier startAfter;
  private @Nullable RowSource rows;

  /**
   * @param startAfter how many rows of this file are committed already, rejected ones included;
   *     asked for once in each open
   */
  public StatusLogReader(Path file, LongSupplier startAfter) {
    this.file = file;
    this.startAfter = startAfter;
  }

  /**
   * Opens the file and passes over the committed rows.
   *
   * @throws ConvoyException INPUT_REFUSED when the file is missing, empty, no text, without its
   *     columns, or has fewer rows than are committed
   */
  @Override
  public void open(ExecutionContext context) {
    close();
    StatusFormat format =
        StatusFormat.of(name())
            .orElseThrow(() -> refused("expected a name that ends in .csv, .jsonl or .xlsx"));
    if (!Files.exists(file)) {
      throw refused("no such file, expected a status log");
    }
    if (!Files.isRegularFile(file)) {
      throw refused("not a file, expected a status log");
    }
    rows = format == StatusFormat.XLSX ? sheet() : text(format);
    boolean opened = false;
    try {
      skip(startAfter.getAsLong());
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  private RowSource sheet() {
    try {
      return SheetLog.open(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private RowSource text(StatusFormat format) {
    LineSource lines = new LineSource(name(), input());
    boolean opened = false;
    try {
      RowSource text = rows(format, lines);
      opened = true;
      return text;
    } finally {
      if (!opened) {
        close(lines);
      }
    }
  }

  private InputStream input() {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private RowSource rows(StatusFormat format, LineSource source) {
    String expected =
        format == StatusFormat.CSV
            ? "the header " + StatusColumn.headerLine()
            : "one JSON object on each line";
    RawLine first = source.next();
    if (first == null) {
      throw refused("the file is empty, expected " + expected);
    }
    if (!first.clean()) {
      // A JSON line may be broken by itself; a workbook, a zip or UTF-16 shows in every line.
      boolean text = format == StatusFormat.JSONL && first.text().startsWith("{");
      if (!text) {
        throw refused("line 1 is not UTF-8 text, expected " + expected);
      }
    }
    return format == StatusFormat.CSV
        ? new CsvRows(name(), first, source)
        : new JsonRows(first, source);
  }

  private void skip(long committed) {
    for (long row = 0; row < committed; row++) {
      if (read() == null) {
        throw refused(
            "%s rows, but %s were read from it before; expected the same file"
                .formatted(row, committed));
      }
    }
  }

  /**
   * @throws IllegalStateException before open
   */
  @Override
  public @Nullable StatusRow read() {
    if (rows == null) {
      throw new IllegalStateException(name() + ": read before open");
    }
    return rows.next();
  }

  /** Closes the file; harmless when it is not open. */
  @Override
  public void close() {
    RowSource open = rows;
    rows = null;
    if (open != null) {
      close(open);
    }
  }

  private void close(Closeable open) {
    try {
      open.close();
    } catch (IOException e) {
      throw new ItemStreamException(name() + ": cannot be closed", e);
    }
  }

  private String name() {
    return file.getFileName().toString();
  }

  private ConvoyException refused(String message) {
    return new ConvoyException(ErrorCode.INPUT_REFUSED, name() + ": " + message);
  }

  private ConvoyException unreadable(IOException cause) {
    return new ConvoyException(
        ErrorCode.INPUT_REFUSED, name() + ": cannot be opened: " + cause.getMessage(), cause);
  }
}

package convoy.readers.export;

import convoy.data.vehicle.ExportRow;
import convoy.readers.sheet.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the rows of one manufacturing export, text, JSON Lines or workbook, in the order of {@link
 * ExportFile#tables}. Rows that cannot be laid out in columns are read too, with their problem;
 * blank rows are not rows.
 *
 * <p>Ends with null after the last row. Not safe for use by several threads. A restart skips the
 * rows that the fleet store has already committed, asked for when the reader is opened; nothing is
 * kept in the execution context. The order of rows depends on the file's bytes alone, so the same
 * bytes give the same rows at the same positions.
 *
 * <p>A text file is read in constant memory; of a workbook the shared strings are held.
 */
public final class ExportReader implements ItemStreamReader<ExportRow> {
  private final Path path;
  private final ExportFormats formats;
  private final LongSupplier startAfter;
  private @Nullable RowSource rows;

  /** A reader that knows no profile. */
  public ExportReader(Path path, LongSupplier startAfter) {
    this(path, ExportFormats.PLAIN, startAfter);
  }

  /**
   * @param startAfter the number of rows already processed and committed, asked once per open
   */
  public ExportReader(Path path, ExportFormats formats, LongSupplier startAfter) {
    this.path = path;
    this.formats = formats;
    this.startAfter = startAfter;
  }

  /**
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when the file as a whole cannot be read
   *     as an export, or has fewer rows than were already processed
   */
  @Override
  public void open(ExecutionContext executionContext) {
    close();
    long skip = startAfter.getAsLong();
    if (skip < 0) {
      throw new IllegalArgumentException("rows already processed: " + skip);
    }
    RowSource opened = ExportFile.open(path, formats);
    rows = opened;
    try {
      for (long i = 0; i < skip; i++) {
        if (opened.next() == null) {
          throw Refusal.of(
              Refusal.name(path),
              "%d rows, but %d were already processed".formatted(i, skip),
              "the file as it was when its import began");
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * The next row, or null after the last.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when the rest of the file cannot be
   *     read: a line without end, or a sheet that is damaged further down
   */
  @Override
  public @Nullable ExportRow read() {
    if (rows == null) {
      throw new IllegalStateException("%s: read before open".formatted(path));
    }
    try {
      return rows.next();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Closes the file; a second call does nothing. */
  @Override
  public void close() {
    RowSource opened = rows;
    rows = null;
    if (opened != null) {
      try {
        opened.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private ItemStreamException failed(IOException cause) {
    return new ItemStreamException("%s: %s".formatted(Refusal.name(path), cause), cause);
  }
}

package convoy.readers.export;

import convoy.data.vehicle.UndecodedBytes;
import convoy.readers.sheet.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The header and the rows of a text export as they stood, for a new file that holds some of them:
 * {@link #encoded} gives each its bytes back, also those that its encoding cannot read.
 */
public final class OriginalText implements Closeable {
  private static final char MARK = '\uFEFF';

  private final TextFormat format;
  private final RecordSplitter records;
  private final String header;

  /**
   * One row.
   *
   * @param line on which it starts, 1-based
   * @param text as it stood, without its line end
   */
  public record Row(long line, String text) {}

  private OriginalText(TextFormat format, RecordSplitter records, String header) {
    this.format = format;
    this.records = records;
    this.header = header;
  }

  /**
   * @param name under which the file came, by which its profile is found
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when it is not a text with a header
   */
  public static OriginalText open(Path path, String name, ExportFormats formats)
      throws IOException {
    ExportSource source = ExportSource.of(path, name, start(path), formats);
    TextFormat format = TextFormat.detect(source);
    RecordSplitter records = new RecordSplitter(name, format.open(source), format.delimiter());
    try {
      RawRecord header = records.next();
      if (header == null) {
        throw Refusal.of(name, "empty (blank lines only)", TextFormat.HEADER);
      }
      return new OriginalText(format, records, header.text());
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }

  /** Whether such a file is JSON Lines, which have no header. */
  public static boolean isJson(Path path, String name, ExportFormats formats) throws IOException {
    return TextFormat.detect(ExportSource.of(path, name, start(path), formats)).isJson();
  }

  private static byte[] start(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(3);
    }
  }

  /** The header line, without its line end. */
  public String header() {
    return header;
  }

  /** What stands between columns. */
  public char delimiter() {
    return format.delimiter();
  }

  /** The next row after the header, or null after the last. */
  public @Nullable Row next() throws IOException {
    RawRecord raw = records.next();
    return raw == null ? null : new Row(raw.line(), raw.text());
  }

  /** The text in the file's encoding. */
  public byte[] encoded(String text) {
    return UndecodedBytes.encoded(text, format.encoding().charset());
  }

  /** The byte order mark that the file starts with; empty without one. */
  public byte[] mark() {
    return format.encoding().markBytes() == 0 ? new byte[0] : encoded(String.valueOf(MARK));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

package convoy.readers.export;

import convoy.data.vehicle.UndecodedBytes;
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
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when it is not a text with a header
   */
  public static OriginalText open(Path path) throws IOException {
    TextFormat format = TextFormat.detect(path, start(path));
    String name = Refusal.name(path);
    RecordSplitter records = new RecordSplitter(name, format.open(path), format.delimiter());
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
    return UndecodedBytes.encoded(text, format.charset());
  }

  /** The byte order mark that the file starts with; empty without one. */
  public byte[] mark() {
    return format.markBytes() == 0 ? new byte[0] : encoded(String.valueOf(MARK));
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}

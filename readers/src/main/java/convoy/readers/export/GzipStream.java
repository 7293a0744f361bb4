package convoy.readers.export;

import convoy.readers.sheet.Refusal;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a gzip (RFC 1952) of one or more members, in bounded memory. A file that is cut
 * off, damaged, or becomes too much is refused; the JDK's own stream would take one that is cut off
 * between members for whole.
 */
final class GzipStream extends InputStream {
  private final String name;
  private final Compressed compressed;
  private final InputStream content;
  private final long limit;
  private long count;

  private GzipStream(String name, Compressed compressed, InputStream content, long limit) {
    this.name = name;
    this.compressed = compressed;
    this.content = content;
    this.limit = limit;
  }

  static boolean is(byte[] start) {
    return start.length > 1 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B;
  }

  static GzipStream open(Path path, long limit) throws IOException {
    String name = Refusal.name(path);
    Compressed compressed = new Compressed(Files.newInputStream(path));
    try {
      InputStream content =
          GzipCompressorInputStream.builder()
              .setInputStream(new BufferedInputStream(compressed, 1 << 16))
              .setDecompressConcatenated(true)
              .get();
      return new GzipStream(name, compressed, content, limit);
    } catch (IOException e) {
      compressed.close();
      throw damage(name, compressed, e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read;
    try {
      read = content.read(target, offset, length);
    } catch (IOException e) {
      throw damage(name, compressed, e);
    }
    count += Math.max(read, 0);
    if (count > limit) {
      throw Refusal.of(
          name,
          "a gzip of more than %,d bytes of text".formatted(limit),
          "at most that (import.max-inflated)");
    }
    return read;
  }

  /** A disk that fails is no fault of the file's. */
  private static IOException damage(String name, Compressed compressed, IOException e)
      throws IOException {
    if (compressed.failure == e) {
      return e;
    }
    throw Refusal.of(
        name,
        "a damaged or cut off gzip (%s)".formatted(e.getMessage()),
        "a gzip that gunzip -t finds whole",
        e);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /** The file's own bytes; remembers when reading them failed. */
  private static final class Compressed extends FilterInputStream {
    private @Nullable IOException failure;

    Compressed(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}

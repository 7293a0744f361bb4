package convoy.writers.delivery;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A range of a file, which is read as often as it is sent and never held in memory.
 *
 * @param offset of its first byte
 * @param length in bytes
 */
record FilePart(Path file, long offset, long length) {
  /** As the body of a request. */
  RequestBody body() {
    return RequestBody.fromContentProvider(
        ContentStreamProvider.fromInputStreamSupplier(this::openBody),
        length,
        "application/octet-stream");
  }

  private InputStream openBody() {
    try {
      return open();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  InputStream open() throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(offset);
      return new Range(in, length);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** The first bytes of a stream. */
  private static final class Range extends FilterInputStream {
    private long left;

    private Range(InputStream in, long length) {
      super(in);
      left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      int read = left == 0 ? -1 : super.read(bytes, offset, (int) Math.min(count, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}

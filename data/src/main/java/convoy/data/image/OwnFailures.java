package convoy.data.image;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Streams whose own failures can be told from those of a parser between them: a disk that cannot be
 * read must not look like a file that was tampered with, or the other way round.
 */
final class OwnFailures {
  private OwnFailures() {}

  static InputStream of(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() {
        try {
          return super.read();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public int read(byte[] bytes, int offset, int count) {
        try {
          return super.read(bytes, offset, count);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  static OutputStream of(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int count) {
        try {
          out.write(bytes, offset, count);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}

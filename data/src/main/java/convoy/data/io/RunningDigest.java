package convoy.data.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Length and hashes of bytes that pass by once. */
public final class RunningDigest {
  private final MessageDigest sha256 = Digests.of("SHA-256");
  private final MessageDigest sha512 = Digests.of("SHA-512");
  private long length;

  /** A stream that counts in what is read from it. */
  public InputStream reading(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        if (read > 0) {
          update(bytes, offset, read);
        }
        return read;
      }

      @Override
      public long skip(long count) {
        throw new UnsupportedOperationException("what is skipped has no hash");
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  /** A stream that counts in what is written to it, and keeps nothing. */
  public OutputStream writing() {
    return new OutputStream() {
      @Override
      public void write(int value) {
        update(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int count) {
        update(bytes, offset, count);
      }
    };
  }

  /** What passed by; to be asked once, at the end. */
  public FileDigest result() {
    return new FileDigest(length, Digests.hex(sha256), Digests.hex(sha512));
  }

  private void update(byte[] bytes, int offset, int count) {
    sha256.update(bytes, offset, count);
    sha512.update(bytes, offset, count);
    length += count;
  }
}

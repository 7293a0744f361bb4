package convoy.readers.sheet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends the reading of an XML part in which a tag, a text or a comment is longer than any that a
 * spreadsheet writes: the parser holds each of them whole, so a part that unpacks to gigabytes of
 * one text would fill the memory.
 */
final class MarkupLimit extends FilterInputStream {
  /** Above Excel's longest text (32,767 characters), each in its escaped form. */
  static final int MAX_BYTES = 1 << 20;

  private int length;
  private int last;
  private int beforeLast;
  // Inside <!-- --> and <![CDATA[ ]]> a "<" starts nothing.
  private boolean opaque;

  MarkupLimit(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      count(b);
    }
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    int read = super.read(target, offset, count);
    for (int i = 0; i < read; i++) {
      count(target[offset + i]);
    }
    return read;
  }

  private void count(int b) throws IOException {
    if (b == 0) {
      return; // every other byte of a UTF-16 part
    }
    if (opaque) {
      opaque = b != '>' || last != beforeLast || (last != '-' && last != ']');
    } else if (last == '<' && b == '!') {
      opaque = true;
    } else if (b == '<') {
      length = 0;
    }
    if (++length > MAX_BYTES) {
      throw new IOException(Damage.LONG_TEXT);
    }
    beforeLast = last;
    last = b;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}

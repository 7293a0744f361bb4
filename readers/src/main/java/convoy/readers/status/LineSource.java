package convoy.readers.status;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 file, byte for byte; a byte order mark at the start is left out. */
final class LineSource implements Closeable {
  /** More than any event; a file with a longer line is not a status log. */
  static final int LONGEST_LINE = 1 << 20;

  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final char REPLACEMENT = '\uFFFD';

  private final String name;
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final Deque<RawLine> pushedBack = new ArrayDeque<>();
  private int position;
  private int limit;
  private long number;

  /**
   * @param name the file's name for messages
   * @param in closed with this source
   */
  LineSource(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /** The next line, or null after the last one. */
  @Nullable RawLine next() {
    RawLine pushed = pushedBack.poll();
    if (pushed != null) {
      return pushed;
    }
    byte[] bytes = nextBytes();
    if (bytes == null) {
      return null;
    }
    number++;
    if (number == 1 && bytes.length >= BOM.length && Arrays.equals(bytes, 0, 3, BOM, 0, 3)) {
      bytes = Arrays.copyOfRange(bytes, BOM.length, bytes.length);
    }
    return decode(bytes);
  }

  /** Gives lines back, to be read again in their order. */
  void pushBack(List<RawLine> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      pushedBack.addFirst(lines.get(i));
    }
  }

  private byte @Nullable [] nextBytes() {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, position, end - position);
      boolean ended = end < limit;
      position = ended ? end + 1 : end;
      if (line.size() > LONGEST_LINE) {
        throw new ConvoyException(
            ErrorCode.INPUT_REFUSED,
            "%s line %s: a line of more than %s bytes, expected one event on each line"
                .formatted(name, number + 1, LONGEST_LINE));
      }
      if (ended) {
        break;
      }
    }
    return any ? withoutReturn(line.toByteArray()) : null;
  }

  private boolean fill() {
    try {
      limit = Math.max(0, in.read(buffer));
    } catch (IOException e) {
      throw new ConvoyException(
          ErrorCode.JOB_FAILED,
          "%s line %s: reading on failed: %s".formatted(name, number + 1, e.getMessage()),
          e);
    }
    position = 0;
    return limit > 0;
  }

  private static byte[] withoutReturn(byte[] line) {
    boolean has = line.length > 0 && line[line.length - 1] == '\r';
    return has ? Arrays.copyOf(line, line.length - 1) : line;
  }

  private RawLine decode(byte[] bytes) {
    String plain = new String(bytes, StandardCharsets.UTF_8);
    if (plain.indexOf(REPLACEMENT) < 0) {
      return new RawLine(number, plain, plain.indexOf('\0') < 0);
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer from = ByteBuffer.wrap(bytes);
    // A byte that cannot be read takes four characters.
    CharBuffer to = CharBuffer.allocate(bytes.length * 4);
    boolean clean = true;
    for (CoderResult r = decoder.decode(from, to, true);
        r.isError();
        r = decoder.decode(from, to, true)) {
      clean = false;
      for (int i = 0; i < r.length(); i++) {
        to.put(String.format(Locale.ROOT, "\\x%02X", from.get()));
      }
    }
    String text = to.flip().toString();
    return new RawLine(number, text, clean && text.indexOf('\0') < 0);
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    in.close();
  }
}

package convoy.readers.export;

import convoy.readers.sheet.Refusal;
import convoy.readers.sheet.Trimmed;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into CSV records (RFC 4180 section 2): lines, save that a quoted cell may hold line
 * breaks. Lines of white space and delimiters only are skipped, and so is Excel's first line {@code
 * sep=;}.
 *
 * <p>Where quotes are broken (one is never closed, or text follows a closing one) no one can know
 * where the record ends: the line on which it starts is given as a record with a fault, and reading
 * goes on with the line after it. Memory is bounded by {@link #MAX_CHARS}.
 */
final class RecordSplitter implements Closeable {
  /** The longest record: well above 16 cells of Excel's longest text. */
  static final int MAX_CHARS = 1 << 20;

  // Ctrl-Z, which programs from DOS put behind the last line.
  private static final char DOS_END = '\u001A';

  private static final int END = -1;
  private static final int TOO_LONG = -2;

  private enum State {
    CELL_START,
    PLAIN,
    QUOTED,
    QUOTE_IN_QUOTED,
    CLOSED
  }

  private final String where;
  private final Reader in;
  private final char delimiter;
  private char[] buffer = new char[1 << 14];
  private int start;
  private int limit;
  private long line = 1;

  /**
   * @param where the file, for messages
   */
  RecordSplitter(String where, Reader in, char delimiter) {
    this.where = where;
    this.in = in;
    this.delimiter = delimiter;
  }

  /**
   * The next record that is not blank, or null at the end.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when a single line is longer than
   *     {@link #MAX_CHARS}
   */
  @Nullable RawRecord next() throws IOException {
    RawRecord raw = cut();
    while (raw != null && (isBlank(raw.text()) || isSeparatorLine(raw))) {
      raw = cut();
    }
    return raw;
  }

  /** Excel's own first line {@code sep=;}, which names the delimiter and is no header. */
  private boolean isSeparatorLine(RawRecord raw) {
    return raw.line() == 1 && raw.text().equalsIgnoreCase("sep=" + delimiter);
  }

  private @Nullable RawRecord cut() throws IOException {
    State state = State.CELL_START;
    int breaks = 0;
    for (int n = 0; ; n++) {
      int c = n > MAX_CHARS ? TOO_LONG : at(n);
      boolean lineEnd = c == '\n' || c == '\r';
      if (c == TOO_LONG || (c == END && state == State.QUOTED)) {
        return faultyLine(
            c == END
                ? "a quote is opened and not closed"
                : "a quote is opened and not closed within %d characters".formatted(MAX_CHARS));
      }
      if (c == END && n == 0) {
        return null;
      }
      if (state == State.QUOTED) {
        state = c == '"' ? State.QUOTE_IN_QUOTED : state;
        breaks += c == '\n' || (c == '\r' && at(n + 1) != '\n') ? 1 : 0;
      } else if (c == END || lineEnd) {
        return take(n, breaks, null);
      } else if (c == delimiter) {
        state = State.CELL_START;
      } else if (state == State.CELL_START) {
        state = c == '"' ? State.QUOTED : State.PLAIN;
      } else if (state == State.QUOTE_IN_QUOTED && c == '"') {
        state = State.QUOTED;
      } else if (state != State.PLAIN) {
        if (!Character.isWhitespace(c)) {
          return faultyLine("text follows a closing quote");
        }
        state = State.CLOSED;
      }
    }
  }

  /** The line on which the broken record starts, whatever its quotes say. */
  private RawRecord faultyLine(String fault) throws IOException {
    int n = 0;
    for (int c = at(n); c != '\n' && c != '\r' && c != END; c = at(n)) {
      if (n == MAX_CHARS) {
        throw Refusal.of(
            "%s line %d".formatted(where, line),
            "more than %d characters without a line end".formatted(MAX_CHARS),
            "rows of an export");
      }
      n++;
    }
    return take(n, 0, fault);
  }

  /** Takes n characters and the line end after them. */
  private RawRecord take(int n, int breaks, @Nullable String fault) throws IOException {
    int c = at(n);
    int lineEnd = c == END ? 0 : c == '\r' && at(n + 1) == '\n' ? 2 : 1;
    RawRecord raw = new RawRecord(line, new String(buffer, start, n), fault);
    start += n + lineEnd;
    line += breaks + 1L;
    return raw;
  }

  private boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != delimiter && c != DOS_END && !Trimmed.isSpace(c)) {
        return false;
      }
    }
    return true;
  }

  /** The character n places after the record's start. */
  private int at(int n) throws IOException {
    return start + n < limit ? buffer[start + n] : fill(n);
  }

  private int fill(int n) throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      start = 0;
    } else if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = in.read(buffer, limit, buffer.length - limit);
    if (count < 0) {
      return END;
    }
    limit += count;
    return at(n);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

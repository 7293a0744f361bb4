package convoy.readers.export;

import convoy.readers.sheet.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text, blank ones passed over. A line ends in LF or CRLF; memory is bounded by
 * {@link RecordSplitter#MAX_CHARS}.
 */
final class JsonLines implements Closeable {
  private final String where;
  private final Reader in;
  private final char[] buffer = new char[1 << 14];
  private final StringBuilder text = new StringBuilder();
  private int position;
  private int limit;
  private long line;

  /**
   * @param where the file, for messages
   */
  JsonLines(String where, Reader in) {
    this.where = where;
    this.in = in;
  }

  /**
   * The next line that is not blank, or null at the end.
   *
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when a line is too long
   */
  @Nullable RawRecord next() throws IOException {
    String next = cut();
    while (next != null && next.isBlank()) {
      next = cut();
    }
    return next == null ? null : new RawRecord(line, next, null);
  }

  private @Nullable String cut() throws IOException {
    text.setLength(0);
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      text.append(buffer, position, end - position);
      boolean ended = end < limit;
      position = ended ? end + 1 : end;
      if (text.length() > RecordSplitter.MAX_CHARS) {
        throw Refusal.of(
            "%s line %d".formatted(where, line + 1),
            "more than %d characters without a line end".formatted(RecordSplitter.MAX_CHARS),
            "rows of an export");
      }
      if (ended) {
        break;
      }
    }
    if (!any) {
      return null;
    }
    line++;
    int length = text.length();
    return text.substring(0, length > 0 && text.charAt(length - 1) == '\r' ? length - 1 : length);
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

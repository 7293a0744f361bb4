package convoy.readers.export;

import convoy.readers.sheet.Refusal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of a text: that of its byte order mark, else its profile's, else UTF-16 when every
 * other byte of its start is zero, else UTF-8. Encodings of one byte a character are not guessed:
 * nothing but the language tells windows-1252 from 1250 or 1251, and a wrong guess would put wrong
 * letters into the fleet without a word.
 *
 * @param markBytes the length of the byte order mark
 */
record TextEncoding(Charset charset, int markBytes) {
  private static final int PAIRS = 128;

  /**
   * @param start the first bytes of the text
   * @param given the profile's encoding, null without one
   */
  static TextEncoding of(String name, byte[] start, @Nullable Charset given) {
    TextEncoding marked = marked(start);
    if (given == null) {
      return marked != null ? marked : new TextEncoding(unmarked(start), 0);
    }
    if (marked == null) {
      return new TextEncoding(given, 0);
    }
    // UTF-16 without an order leaves that to the mark.
    if (!marked.charset.equals(given)
        && !(given.equals(StandardCharsets.UTF_16) && marked.markBytes == 2)) {
      throw Refusal.of(
          name,
          "starts with the byte order mark of " + marked.charset,
          "text in %s, as its profile says".formatted(given));
    }
    return marked;
  }

  private static @Nullable TextEncoding marked(byte[] start) {
    int b0 = start.length > 0 ? start[0] & 0xFF : 0;
    int b1 = start.length > 1 ? start[1] & 0xFF : 0;
    int b2 = start.length > 2 ? start[2] & 0xFF : 0;
    if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
      return new TextEncoding(StandardCharsets.UTF_8, 3);
    }
    if (b0 == 0xFE && b1 == 0xFF) {
      return new TextEncoding(StandardCharsets.UTF_16BE, 2);
    }
    return b0 == 0xFF && b1 == 0xFE ? new TextEncoding(StandardCharsets.UTF_16LE, 2) : null;
  }

  /** A header is mostly of ASCII, so in UTF-16 most of its odd or of its even bytes are zero. */
  private static Charset unmarked(byte[] start) {
    int pairs = Math.min(PAIRS, start.length / 2);
    int[] zeros = new int[2];
    for (int i = 0; i < 2 * pairs; i++) {
      zeros[i % 2] += start[i] == 0 ? 1 : 0;
    }
    if (zeros[0] == 0 && 2 * zeros[1] > pairs) {
      return StandardCharsets.UTF_16LE;
    }
    return zeros[1] == 0 && 2 * zeros[0] > pairs
        ? StandardCharsets.UTF_16BE
        : StandardCharsets.UTF_8;
  }

  /** Whether a text that is read as UTF-8 has bytes at its start that are none. */
  boolean misread(byte[] start) {
    if (!charset.equals(StandardCharsets.UTF_8)) {
      return false;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    // The last character may be cut off where the start ends.
    CoderResult result =
        decoder.decode(ByteBuffer.wrap(start), CharBuffer.allocate(start.length + 1), false);
    return result.isError();
  }
}

package convoy.data.vehicle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;

/**
 * Bytes that a file's encoding cannot read, carried losslessly in a text: each is one lone low
 * surrogate, U+DC00 plus the byte, which no decoder ever yields.
 */
public final class UndecodedBytes {
  private static final char FIRST = '\uDC00';
  private static final char LAST = '\uDCFF';
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UndecodedBytes() {}

  /** The character that stands for a byte that could not be decoded. */
  public static char asChar(byte undecoded) {
    return (char) (FIRST + (undecoded & 0xFF));
  }

  /** Whether the text carries such a byte. */
  public static boolean anyIn(String text) {
    return indexFrom(text, 0) >= 0;
  }

  /** The text for people and logs: such a byte as {@code \xE9}, all else unchanged. */
  public static String shown(String text) {
    int at = indexFrom(text, 0);
    if (at < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 8);
    int from = 0;
    for (; at >= 0; at = indexFrom(text, from)) {
      shown.append(text, from, at).append("\\x");
      HEX.toHexDigits(shown, (byte) (text.charAt(at) - FIRST));
      from = at + 1;
    }
    return shown.append(text, from, text.length()).toString();
  }

  /** The text in that encoding, with such bytes as they were: what a lossless reader has read. */
  public static byte[] encoded(String text, Charset charset) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 8);
    int from = 0;
    for (int at = indexFrom(text, 0); at >= 0; at = indexFrom(text, from)) {
      bytes.writeBytes(text.substring(from, at).getBytes(charset));
      bytes.write(text.charAt(at) - FIRST);
      from = at + 1;
    }
    bytes.writeBytes(text.substring(from).getBytes(charset));
    return bytes.toByteArray();
  }

  private static int indexFrom(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= FIRST && c <= LAST && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
        return i;
      }
    }
    return -1;
  }
}

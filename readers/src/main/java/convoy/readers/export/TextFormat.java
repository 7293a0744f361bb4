package convoy.readers.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * How a text export is written: its encoding (a byte order mark decides, UTF-8 without one) and its
 * delimiter (the one of comma, semicolon, tab and pipe that stands most often in the header,
 * outside quotes).
 */
record TextFormat(Charset charset, int markBytes, char delimiter) {
  static final String HEADER =
      "a header line such as vin,module,… with a comma, semicolon, tab or pipe between columns";

  private static final String DELIMITERS = ",;\t|";
  private static final Map<Character, String> NAMES =
      Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "pipes");
  // A header longer than this is none.
  private static final int HEADER_CHARS = 1 << 16;

  /**
   * @param start the file's first bytes, at least three where it has them
   */
  static TextFormat detect(Path path, byte[] start) throws IOException {
    TextFormat encoding = encoding(start);
    try (Reader reader = encoding.open(path)) {
      String name = Refusal.name(path);
      String text = firstChars(reader);
      int zero = text.indexOf('\0');
      if (zero >= 0) {
        throw Refusal.of(
            name,
            "not text (a zero byte stands near position %d)".formatted(zero),
            "CSV text in UTF-8, in UTF-16 with a byte order mark, or an .xlsx workbook");
      }
      // Only a file shorter than the limit can be told to be blank here.
      if (text.isBlank() && text.length() < HEADER_CHARS) {
        throw Refusal.of(name, "empty (blank lines only)", HEADER);
      }
      String header = header(text);
      char delimiter = delimiter(header);
      if (delimiter == 0) {
        String shown = header.length() <= 80 ? header : header.substring(0, 80) + "…";
        throw Refusal.of(name, "no delimiter in its first line '%s'".formatted(shown), HEADER);
      }
      return new TextFormat(encoding.charset, encoding.markBytes, delimiter);
    }
  }

  private static TextFormat encoding(byte[] start) {
    int b0 = start.length > 0 ? start[0] & 0xFF : 0;
    int b1 = start.length > 1 ? start[1] & 0xFF : 0;
    int b2 = start.length > 2 ? start[2] & 0xFF : 0;
    if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
      return new TextFormat(StandardCharsets.UTF_8, 3, '\0');
    }
    if (b0 == 0xFE && b1 == 0xFF) {
      return new TextFormat(StandardCharsets.UTF_16BE, 2, '\0');
    }
    if (b0 == 0xFF && b1 == 0xFE) {
      return new TextFormat(StandardCharsets.UTF_16LE, 2, '\0');
    }
    return new TextFormat(StandardCharsets.UTF_8, 0, '\0');
  }

  private static String firstChars(Reader reader) throws IOException {
    char[] chars = new char[HEADER_CHARS];
    int length = 0;
    for (int count = 0; count >= 0 && length < chars.length; length += Math.max(count, 0)) {
      count = reader.read(chars, length, chars.length - length);
    }
    return new String(chars, 0, length);
  }

  /** The first line that is not blank; a line break inside quotes belongs to it. */
  private static String header(String text) {
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (!quoted && (c == '\n' || c == '\r')) {
        if (!text.substring(from, i).isBlank()) {
          return text.substring(from, i);
        }
        from = i + 1;
      }
    }
    return text.substring(from);
  }

  private static char delimiter(String header) {
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      quoted ^= header.charAt(i) == '"';
      int which = quoted ? -1 : DELIMITERS.indexOf(header.charAt(i));
      if (which >= 0) {
        counts[which]++;
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return counts[best] == 0 ? '\0' : DELIMITERS.charAt(best);
  }

  /** The file's text, without its byte order mark. */
  Reader open(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    try {
      in.skipNBytes(markBytes);
      return new LosslessReader(in, charset);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** For people: "UTF-8 text with semicolons". */
  String description() {
    String name = charset.name().toUpperCase(Locale.ROOT);
    return "%s text with %s".formatted(name, NAMES.getOrDefault(delimiter, "one column"));
  }
}

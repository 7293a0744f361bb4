package convoy.readers.export;

import convoy.readers.profile.Delimiter;
import convoy.readers.profile.ExportProfile;
import convoy.readers.sheet.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a text export is written: its encoding, and what stands between cells: the profile's
 * delimiter, else the one of comma, semicolon, tab and pipe that stands most often in the header,
 * outside quotes; or nothing, for JSON Lines.
 *
 * @param delimiter {@link #JSON} for JSON Lines
 */
record TextFormat(TextEncoding encoding, char delimiter) {
  static final String HEADER =
      "a header line such as vin,module,… with a comma, semicolon, tab or pipe between columns";
  static final char JSON = '{';

  private static final Pattern JSON_ARRAY = Pattern.compile("\\s*\\[\\s*(\\{|$)");
  private static final String DELIMITERS = ",;\t|";
  private static final Map<Character, String> NAMES =
      Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "pipes");
  // A header longer than this is none.
  private static final int HEADER_CHARS = 1 << 16;

  static TextFormat detect(ExportSource source) throws IOException {
    byte[] start = source.start();
    ExportProfile profile = source.profile();
    Charset given = profile == null ? null : profile.encoding();
    TextFormat format =
        new TextFormat(TextEncoding.of(source.name(), start, given), delimiter(profile));
    try (Reader reader = format.open(source)) {
      return format.of(source.name(), firstChars(reader));
    }
  }

  private static char delimiter(@Nullable ExportProfile profile) {
    Delimiter delimiter = profile == null ? null : profile.delimiter();
    return delimiter == null ? 0 : delimiter.character();
  }

  private TextFormat of(String name, String text) {
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      throw Refusal.of(
          name,
          "not text (a zero byte stands near position %d)".formatted(zero),
          "CSV text or JSON Lines in UTF-8 or UTF-16, or an .xlsx workbook");
    }
    // Only a file shorter than the limit can be told to be blank here.
    if (text.isBlank() && text.length() < HEADER_CHARS) {
      throw Refusal.of(name, "empty (blank lines only)", HEADER);
    }
    String header = header(text);
    if (header.stripLeading().startsWith("{")) {
      return new TextFormat(encoding, JSON);
    }
    if (JSON_ARRAY.matcher(header).lookingAt()) {
      throw Refusal.of(name, "a JSON array", "JSON Lines: one object on each line");
    }
    char found = delimiter == 0 ? delimiter(header) : delimiter;
    if (found == 0) {
      String shown = header.length() <= 80 ? header : header.substring(0, 80) + "…";
      throw Refusal.of(name, "no delimiter in its first line '%s'".formatted(shown), HEADER);
    }
    return new TextFormat(encoding, found);
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
  static String header(String text) {
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

  /** What stands most often in it, outside quotes; zero when nothing does. */
  static char delimiter(String header) {
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
  Reader open(ExportSource source) throws IOException {
    InputStream in = source.stream();
    try {
      in.skipNBytes(encoding.markBytes());
      return new LosslessReader(in, encoding.charset());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  boolean isJson() {
    return delimiter == JSON;
  }

  /** For people: "UTF-8 text with semicolons". */
  String description() {
    String name = encoding.charset().name();
    String shown = name.startsWith("windows") ? name : name.toUpperCase(Locale.ROOT);
    return isJson()
        ? shown + " JSON Lines"
        : "%s text with %s".formatted(shown, NAMES.getOrDefault(delimiter, "one column"));
  }
}

package convoy.readers.profile;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a file's name its export time stands: a pattern for names with the time's pattern in
 * braces, such as {@code wob-{yyyyMMdd-HHmm}*.csv}.
 *
 * @param text as it was written
 */
record NameTime(String text, Pattern name, TimePattern time) {
  private static final Pattern SHAPE = Pattern.compile("([^{}]*)\\{([^{}]+)}([^{}]*)");
  private static final LocalDateTime SAMPLE = LocalDateTime.of(2026, 1, 31, 22, 15, 40);

  /** Called by the YAML reader. */
  public static NameTime parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s': expected a file name with the pattern of its time in braces, such as wob-{yyyyMMdd-HHmm}*.csv"
              .formatted(text));
    }
    TimePattern time = TimePattern.parse(parts.group(2));
    int length = time.format().format(SAMPLE.atZone(ZoneOffset.UTC)).length();
    String regex =
        FilePattern.regex(parts.group(1))
            + "(.{%d})".formatted(length)
            + FilePattern.regex(parts.group(3));
    return new NameTime(text, FilePattern.compile(regex), time);
  }

  /** The time in that name, null when there is none. */
  @Nullable Instant in(String fileName, ZoneId zone) {
    Matcher matcher = name.matcher(fileName);
    return matcher.matches() ? time.time(matcher.group(1), zone) : null;
  }
}

package convoy.readers.profile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A java.time pattern for dates, or dates with times. {@code y} counts as {@code u}, since strict
 * reading of a year of the era would want the era too; names of months are English.
 *
 * @param text as it was written
 */
record TimePattern(String text, DateTimeFormatter format) {
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2026, 1, 31, 22, 15, 40, 0, ZoneOffset.UTC);

  /** Called by the YAML reader. */
  public static TimePattern parse(String text) {
    try {
      DateTimeFormatter format =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(withoutEras(text))
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
      TimePattern pattern = new TimePattern(text, format);
      if (pattern.readsItsOwn()) {
        return pattern;
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(expected(text), e);
    }
    throw new IllegalArgumentException(expected(text));
  }

  private static String expected(String text) {
    return "'%s': expected a pattern of java.time that names day, month and year, such as dd/MM/yyyy or dd.MM.yyyy HH:mm:ss"
        .formatted(text);
  }

  /** Whether what it writes can be read back: a time without its day, say, cannot. */
  private boolean readsItsOwn() {
    TemporalAccessor read = read(format.format(SAMPLE));
    boolean wholeDay =
        format
            .format(SAMPLE)
            .equals(format.format(SAMPLE.toLocalDate().atStartOfDay(ZoneOffset.UTC)));
    return read != null
        && LocalDate.from(read).equals(SAMPLE.toLocalDate())
        && (wholeDay || !(read instanceof LocalDate));
  }

  private static String withoutEras(String text) {
    StringBuilder pattern = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '\'';
      pattern.append(c == 'y' && !quoted ? 'u' : c);
    }
    return pattern.toString();
  }

  /** A time with a zone, a local time or a date; null when the text does not fit. */
  private @Nullable TemporalAccessor read(String value) {
    try {
      return format.parseBest(value, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The day that the text names, null when it does not fit. */
  @Nullable LocalDate date(String value) {
    TemporalAccessor read = read(value);
    return read == null ? null : LocalDate.from(read);
  }

  /** The time that the text names, a date's being its start; null when it does not fit. */
  @Nullable Instant time(String value, ZoneId zone) {
    TemporalAccessor read = read(value);
    if (read == null) {
      return null;
    }
    if (read instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    LocalDateTime local =
        read instanceof LocalDateTime time ? time : LocalDate.from(read).atStartOfDay();
    return local.atZone(zone).toInstant();
  }
}

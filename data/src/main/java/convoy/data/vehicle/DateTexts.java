package convoy.data.vehicle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times as plants write them, with years of four digits. */
final class DateTexts {
  private static final String MIDNIGHT = "T00:00:00";
  private static final DateTimeFormatter ISO = strict("uuuu-MM-dd");
  private static final DateTimeFormatter DOTTED = strict("dd.MM.uuuu");
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHmm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendLiteral('[')
          .appendZoneRegionId()
          .appendLiteral(']')
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private DateTexts() {}

  private static DateTimeFormatter strict(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * {@code 2026-01-31} or {@code 31.01.2026}; a spreadsheet's midnight after the date is dropped.
   */
  static @Nullable LocalDate date(String text) {
    String day =
        text.endsWith(MIDNIGHT) ? text.substring(0, text.length() - MIDNIGHT.length()) : text;
    if (day.length() != 10) {
      return null;
    }
    try {
      return LocalDate.parse(day, day.charAt(2) == '.' ? DOTTED : ISO);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /**
   * ISO 8601 date and time; a space may stand for the T (RFC 3339 section 5.6); no zone or offset
   * means UTC.
   */
  static @Nullable Instant instant(String text) {
    if (text.length() < 16 || text.charAt(4) != '-' || !Character.isDigit(text.charAt(0))) {
      return null;
    }
    String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
    try {
      TemporalAccessor time = TIME.parseBest(iso, ZonedDateTime::from, LocalDateTime::from);
      return time instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : Instant.from(time);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}

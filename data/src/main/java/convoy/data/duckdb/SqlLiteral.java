package convoy.data.duckdb;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as literals of SQL. */
final class SqlLiteral {
  private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private SqlLiteral() {}

  /**
   * The value as DuckDB reads it: an expression of one term, which no operator beside it takes
   * apart; of several values a list, for {@code in (:names)}.
   *
   * @throws IllegalArgumentException when its type is not one that statements are given
   */
  static String of(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Integer || value instanceof Boolean) {
      return "(" + value + ")";
    }
    if (value instanceof Long number) {
      return "cast(" + number + " as bigint)";
    }
    if (value instanceof Double number) {
      return "cast('" + number + "' as double)";
    }
    if (value instanceof LocalDateTime time) {
      // The store keeps microseconds.
      LocalDateTime kept = time.truncatedTo(ChronoUnit.MICROS);
      return "make_timestamp(" + ChronoUnit.MICROS.between(EPOCH, kept) + ")";
    }
    if (value instanceof LocalDate date) {
      return "cast('" + date + "' as date)";
    }
    if (value instanceof Collection<?> values && !values.isEmpty()) {
      return values.stream().map(SqlLiteral::of).collect(Collectors.joining(", "));
    }
    throw new IllegalArgumentException(
        "found %s, expected a text, number, boolean or time, or several of them"
            .formatted(value instanceof Collection ? "no values" : value.getClass()));
  }

  /** A quote is doubled and nothing else means anything; a zero would end the statement's text. */
  private static String text(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return quoted.indexOf('\0') < 0 ? quoted : "(" + quoted.replace("\0", "' || chr(0) || '") + ")";
  }
}

package convoy.data.duckdb;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Values as literals of SQL. */
final class SqlLiteral {
  private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

  private SqlLiteral() {}

  /**
   * The value as DuckDB reads it: an expression of one term, which no operator beside it takes
   * apart.
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
      return "cast(%d as bigint)".formatted(number);
    }
    if (value instanceof Double number) {
      return "cast('%s' as double)".formatted(number);
    }
    if (value instanceof LocalDateTime time) {
      // The store keeps microseconds.
      LocalDateTime kept = time.truncatedTo(ChronoUnit.MICROS);
      return "make_timestamp(%d)".formatted(ChronoUnit.MICROS.between(EPOCH, kept));
    }
    if (value instanceof LocalDate date) {
      return "cast('%s' as date)".formatted(date);
    }
    throw new IllegalArgumentException(
        "found a value of %s, expected a text, number, boolean or time"
            .formatted(value.getClass()));
  }

  /** A quote is doubled and nothing else means anything; a zero would end the statement's text. */
  private static String text(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";
    return quoted.indexOf('\0') < 0 ? quoted : "(" + quoted.replace("\0", "' || chr(0) || '") + ")";
  }
}

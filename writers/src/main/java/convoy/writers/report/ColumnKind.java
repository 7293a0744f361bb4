package convoy.writers.report;

import java.time.Instant;
import java.time.LocalDate;

/** What a column of a report holds, and so how its cells look (docs/formats/reports.md). */
public enum ColumnKind {
  /** A String, or a Boolean (shown as yes or no). */
  TEXT("a String or a Boolean", false),
  /** A whole number: a Long or an Integer. */
  COUNT("a Long or an Integer", true),
  /** A share of a whole: a Double from 0 to 1. */
  PERCENT("a Double from 0 to 1", true),
  /** A point in time: an Instant, shown in the report's time zone. */
  TIMESTAMP("an Instant", false),
  /** A calendar day: a LocalDate. */
  DATE("a LocalDate", false);

  private final String expected;
  private final boolean number;

  ColumnKind(String expected, boolean number) {
    this.expected = expected;
    this.number = number;
  }

  /** Whether a chart can draw the column's values. */
  public boolean isNumber() {
    return number;
  }

  /** What a cell must be, in words, for messages. */
  String expected() {
    return expected;
  }

  /** Whether a cell of this kind can hold the value. Every cell may also be null: no value. */
  boolean accepts(Object value) {
    return switch (this) {
      case TEXT -> value instanceof String || value instanceof Boolean;
      case COUNT -> value instanceof Long || value instanceof Integer;
      case PERCENT -> value instanceof Double share && share >= 0 && share <= 1;
      case TIMESTAMP -> value instanceof Instant;
      case DATE -> value instanceof LocalDate;
    };
  }
}

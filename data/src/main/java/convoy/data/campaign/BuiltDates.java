package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When vehicles were built, both days included.
 *
 * @param from null for no first day; one of the two is there
 * @param to null for no last day
 */
public record BuiltDates(@Nullable LocalDate from, @Nullable LocalDate to) {
  public BuiltDates {
    if (from == null && to == null) {
      throw new IllegalArgumentException("built '{}': expected from, to or both");
    }
    if (from != null && to != null) {
      check(!to.isBefore(from), "to", to, "a date not before from '" + from + "'");
    }
  }

  /** For people: "from 2025-01-01 to 2025-03-31". */
  @Override
  public String toString() {
    return (from == null ? "" : "from " + from)
        + (from == null || to == null ? "" : " ")
        + (to == null ? "" : "to " + to);
  }
}

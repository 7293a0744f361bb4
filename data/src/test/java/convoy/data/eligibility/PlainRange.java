package convoy.data.eligibility;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A range of versions by their places, and how a definition writes it. */
public record PlainRange(List<Part> parts) {
  /**
   * Neighbouring versions, both ends included.
   *
   * @param text how it is written
   * @param first null: from the lowest
   * @param last null: to the highest
   */
  public record Part(String text, @Nullable Integer first, @Nullable Integer last) {
    boolean contains(int place) {
      return (first == null || place >= first) && (last == null || place <= last);
    }
  }

  public String text() {
    return parts.stream().map(Part::text).collect(Collectors.joining(" || "));
  }

  /** {@code *} contains also what cannot be read. */
  boolean contains(@Nullable Integer place) {
    if (place == null) {
      return parts.stream().anyMatch(part -> part.text().equals("*"));
    }
    return parts.stream().anyMatch(part -> part.contains(place));
  }

  /** Whether the version lies below all that it contains. */
  boolean isAbove(int place) {
    return parts.stream().allMatch(part -> part.first() != null && place < part.first());
  }
}

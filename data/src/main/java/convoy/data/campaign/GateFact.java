package convoy.data.campaign;

import convoy.data.error.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** By what a gate looks at a wave's vehicles in groups. */
public enum GateFact {
  MODEL,
  REGION,
  PLANT,
  /** An ECU that the manifest addresses, by its module, hardware part and hardware version. */
  HARDWARE;

  /**
   * Reads the name as definitions have it.
   *
   * @throws IllegalArgumentException when there is none of that name; the message begins with it in
   *     quotes
   */
  public static GateFact parse(String text) {
    List<String> names = Arrays.stream(values()).map(GateFact::toString).toList();
    if (!names.contains(text)) {
      throw new IllegalArgumentException(
          "'%s': expected one of %s%s"
              .formatted(
                  text,
                  String.join(", ", names),
                  Nearest.to(text.toLowerCase(Locale.ROOT), names)
                      .map(", did you mean '%s'?"::formatted)
                      .orElse("")));
    }
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

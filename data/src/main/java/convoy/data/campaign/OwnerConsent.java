package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.trust.Fields;
import convoy.data.trust.IsoSeconds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the owner of a vehicle is asked. What the vehicle must see to first (the update's
 * preconditions) is not touched by it.
 *
 * @param from of FORCED_AFTER, in whole seconds: from then on the owner is not asked; null
 *     otherwise
 */
public record OwnerConsent(Mode mode, @Nullable Instant from) {
  /** Where a campaign does not say otherwise: nothing happens to a vehicle against its owner. */
  public static final OwnerConsent DEFAULT = new OwnerConsent(Mode.BY_OWNER, null);

  /** The kinds of consent, as the campaign's definition and the manifest name them. */
  public enum Mode {
    /** The owner is asked, and may decline. */
    BY_OWNER,
    /** The owner is not asked. */
    FORCED,
    /** The owner is asked up to a time, and not from then on. */
    FORCED_AFTER,
    /** The images are downloaded, and nothing is installed; the owner is not asked. */
    DOWNLOAD_ONLY
  }

  /** What it means that an owner declines. */
  public enum Decline {
    /** The vehicle does not get the update. */
    ENDS,
    /** The vehicle waits, and installs when the owner is no longer asked. */
    POSTPONES,
    /** Nobody was to be asked: the vehicle did not do what its manifest says. */
    CONTRADICTS
  }

  public OwnerConsent {
    if (mode == Mode.FORCED_AFTER) {
      check(
          from != null && from.equals(from.truncatedTo(ChronoUnit.SECONDS)),
          "from",
          from == null ? "" : from,
          "a time in whole seconds from which the owner is not asked");
    } else {
      check(from == null, "from", from == null ? "" : from, "it with mode FORCED_AFTER alone");
    }
  }

  /** What it means that the owner declined at that time. */
  public Decline declinedAt(Instant at) {
    return switch (mode) {
      case BY_OWNER -> Decline.ENDS;
      case FORCED_AFTER ->
          at.isBefore(Objects.requireNonNull(from)) ? Decline.POSTPONES : Decline.CONTRADICTS;
      case FORCED, DOWNLOAD_ONLY -> Decline.CONTRADICTS;
    };
  }

  /** For people: the mode, and what it means. */
  public String sentence() {
    return mode
        + switch (mode) {
          case BY_OWNER -> ": the owner is asked, and may decline";
          case FORCED -> ": the owner is not asked";
          case FORCED_AFTER ->
              ": the owner is asked up to %s, and not from then on"
                  .formatted(IsoSeconds.format(Objects.requireNonNull(from)));
          case DOWNLOAD_ONLY -> ": downloaded and not installed; the owner is not asked";
        };
  }

  /** As signed documents say it; {@link #read} reads it. */
  Map<String, Object> content() {
    Map<String, Object> content = new TreeMap<>();
    content.put("mode", mode.name());
    if (from != null) {
      content.put("from", IsoSeconds.format(from));
    }
    return content;
  }

  static OwnerConsent read(Fields fields) {
    return new OwnerConsent(
        fields.constant("mode", Mode.class),
        fields.values().containsKey("from") ? fields.time("from") : null);
  }
}

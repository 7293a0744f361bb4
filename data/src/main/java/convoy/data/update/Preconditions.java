package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.error.ConvoyException;
import convoy.data.trust.Fields;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a vehicle must see to before it installs; the manifest tells it.
 *
 * @param parked whether it must be parked; null: not said
 * @param battery its least charge; null: not said
 * @param duration how long it must stay so; null: not said
 */
public record Preconditions(
    @Nullable Boolean parked, @Nullable Battery battery, @Nullable Duration duration) {
  public static final Preconditions NONE = new Preconditions(null, null, null);

  public Preconditions {
    if (duration != null) {
      check(
          !duration.isNegative()
              && !duration.isZero()
              && duration.equals(Duration.ofSeconds(duration.toSeconds())),
          "duration",
          duration,
          "one second or more, in whole seconds");
    }
  }

  /**
   * Reads what {@link #content} wrote; other fields are passed over.
   *
   * @throws ConvoyException NOT_TRUSTED when one is of another type
   * @throws IllegalArgumentException when one is out of its range
   */
  public static Preconditions read(Fields fields) {
    Object parked = fields.values().get("parked");
    if (parked != null && !(parked instanceof Boolean)) {
      throw fields.refused("parked", "true or false");
    }
    boolean hasBattery = fields.values().containsKey("batteryPercent");
    boolean hasDuration = fields.values().containsKey("durationSeconds");
    return new Preconditions(
        (Boolean) parked,
        hasBattery ? new Battery(fields.smallInteger("batteryPercent", 1)) : null,
        hasDuration ? Duration.ofSeconds(fields.smallInteger("durationSeconds", 1)) : null);
  }

  /** As signed documents say them; what is not said is left out. */
  public Map<String, Object> content() {
    Map<String, Object> content = new TreeMap<>();
    if (parked != null) {
      content.put("parked", parked);
    }
    if (battery != null) {
      content.put("batteryPercent", battery.percent());
    }
    if (duration != null) {
      content.put("durationSeconds", duration.toSeconds());
    }
    return content;
  }
}

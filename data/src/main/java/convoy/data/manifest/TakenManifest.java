package convoy.data.manifest;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a manifest counts for those that follow it.
 *
 * @param content the same for the same content
 * @param counters the release counters of its images by the ECU's serial
 */
public record TakenManifest(
    String vin, long version, Instant issuedAt, String content, Map<String, Integer> counters) {
  public TakenManifest {
    counters = Map.copyOf(counters);
  }

  RefusedManifest refused(@Nullable String ecu, String why) {
    return new RefusedManifest(
        Refusal.MANIFEST_REFUSED, ecu, "%s version %d: %s".formatted(vin, version, why), null);
  }
}

package convoy.data.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.CanonicalJson;
import convoy.data.trust.Fields;
import convoy.data.trust.Hashes;
import convoy.data.trust.StrictJson;
import convoy.data.vehicle.Vin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The vehicles of a campaign that a withdrawal or a rollback is for: all, those of one wave, or
 * named ones. Its canonical JSON is what a person signs.
 *
 * @param wave the wave's number; null: any
 * @param vins sorted, each once; empty: any. Never set together with the wave.
 */
public record WithdrawnVehicles(@Nullable Integer wave, List<String> vins) {
  public static final WithdrawnVehicles ALL = new WithdrawnVehicles(null, List.of());

  private static final String WHERE = "signed vehicles";

  /**
   * @throws ConvoyException USAGE when both are named, or one is not as it must be
   */
  public WithdrawnVehicles {
    vins = List.copyOf(new TreeSet<>(vins));
    if (wave != null && !vins.isEmpty()) {
      throw usage("found --wave and --vin, expected one of them");
    }
    if (wave != null && wave < 1) {
      throw usage("--wave '%d': expected 1 or more".formatted(wave));
    }
    for (String vin : vins) {
      if (!Vin.isWellFormed(vin)) {
        throw usage("--vin '%s': expected 17 characters of the VIN alphabet".formatted(vin));
      }
    }
  }

  /**
   * Reads canonical JSON.
   *
   * @throws ConvoyException NOT_TRUSTED when it is none that {@link #content} writes
   */
  public static WithdrawnVehicles parse(String content) {
    Fields fields = StrictJson.parse(content.getBytes(UTF_8), WHERE);
    WithdrawnVehicles vehicles;
    if (fields.names().equals(Set.of("wave"))) {
      vehicles = new WithdrawnVehicles(fields.smallInteger("wave", 1), List.of());
    } else if (fields.names().equals(Set.of("vins"))) {
      List<String> vins = new ArrayList<>();
      fields.list("vins").forEach(vin -> vins.add(String.valueOf(vin)));
      vehicles = new WithdrawnVehicles(null, vins);
    } else {
      fields.requireExactly(Set.of());
      vehicles = ALL;
    }
    if (!vehicles.content().equals(content)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "%s: found other text than the canonical form '%s'".formatted(WHERE, vehicles.content()));
    }
    return vehicles;
  }

  /** As canonical JSON. */
  public String content() {
    Map<String, Object> content =
        wave != null ? Map.of("wave", wave) : vins.isEmpty() ? Map.of() : Map.of("vins", vins);
    return new String(CanonicalJson.encode(content), UTF_8);
  }

  /** Hex SHA-256 of the canonical JSON. */
  public String digest() {
    return Hashes.sha256(content().getBytes(UTF_8));
  }

  /** Whether single vehicles are named. */
  public boolean areNamed() {
    return !vins.isEmpty();
  }

  /** Whether a vehicle of that wave is among them. */
  public boolean include(String vin, int ofWave) {
    return (wave == null || wave == ofWave)
        && (vins.isEmpty() || Collections.binarySearch(vins, vin) >= 0);
  }

  /** Which ones, for people. */
  public String words() {
    return wave != null
        ? "wave " + wave
        : vins.isEmpty() ? "all vehicles" : "%,d named vehicles".formatted(vins.size());
  }

  private static ConvoyException usage(String message) {
    return new ConvoyException(ErrorCode.USAGE, message);
  }
}

package convoy.data.campaign;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The time zones of regions. Of a vehicle only its region is known, so that a region with several
 * zones has all of them.
 *
 * @param zones by region
 * @param other the zone of every other region
 */
public record RegionZones(Map<String, List<ZoneId>> zones, ZoneId other) {
  public RegionZones {
    zones = Map.copyOf(zones);
  }

  /** The zones of that region, one or more. */
  public List<ZoneId> of(String region) {
    return zones.getOrDefault(region, List.of(other));
  }
}

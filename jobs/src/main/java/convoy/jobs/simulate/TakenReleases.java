package convoy.jobs.simulate;

import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The release counters that each ECU has taken: a manifest that goes below one is refused as a
 * whole, however its version reads (docs/formats/update-manifest.md).
 */
final class TakenReleases {
  /** One image for one ECU. */
  private record Release(long manifest, String ecu, int counter) {}

  private final Map<String, List<Release>> byVin = new HashMap<>();
  private final Set<String> refused = new HashSet<>();

  void add(VerifiedManifest manifest) {
    List<Release> releases = byVin.computeIfAbsent(manifest.vin(), vin -> new ArrayList<>(2));
    for (ManifestTarget target : manifest.targets()) {
      releases.add(
          new Release(manifest.version(), target.ecuSerial(), target.image().releaseCounter()));
    }
  }

  /** A line for each manifest that its vehicle refuses; asked once all are added. */
  List<String> refused() {
    List<String> lines = new ArrayList<>();
    byVin.forEach(
        (vin, releases) -> {
          releases.sort(Comparator.comparingLong(Release::manifest));
          Map<String, Integer> taken = new HashMap<>();
          for (Release release : releases) {
            int highest = taken.getOrDefault(release.ecu(), 0);
            if (release.counter() >= highest) {
              taken.put(release.ecu(), release.counter());
            } else if (refused.add(key(vin, release.manifest()))) {
              lines.add(
                  "%s: version %d: ECU '%s': release counter %d, expected %d or more, which it has taken before"
                      .formatted(
                          vin, release.manifest(), release.ecu(), release.counter(), highest));
            }
          }
        });
    return lines.stream().sorted().toList();
  }

  boolean isRefused(String vin, long version) {
    return refused.contains(key(vin, version));
  }

  private static String key(String vin, long version) {
    return vin + "/" + version;
  }
}

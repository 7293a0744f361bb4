package convoy.jobs.independent;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one vehicle does, one visit after the other; see run.mjs for what it becomes there. */
final class Visits {
  private final Map<String, Object> plan = new TreeMap<>();
  private final List<Object> rounds = new ArrayList<>();

  Visits(String name, String vin, Path director, Path image) {
    plan.put("name", name);
    plan.put("vin", vin);
    plan.put("trusted", Map.of("director", director.toString(), "image", image.toString()));
    plan.put("rounds", rounds);
  }

  /** A timestamp of the Director that it has taken before. */
  Visits taken(Path timestamp) {
    plan.put("taken", timestamp.toString());
    return this;
  }

  /**
   * It comes at that time.
   *
   * @param layers folders that are served; the first one's files go before those of the following
   * @param ecus hardware and release counter by serial
   * @param keys of images, by the hash of the encrypted one; null where it fetches no image
   */
  Visits at(Instant now, List<Path> layers, Object ecus, @Nullable Map<String, String> keys) {
    Map<String, Object> round = new TreeMap<>();
    round.put("now", now.toString());
    round.put("layers", layers.stream().map(Path::toString).toList());
    round.put("ecus", ecus);
    if (keys != null) {
      round.put("keys", keys);
    }
    rounds.add(round);
    return this;
  }

  Object plan() {
    return plan;
  }
}

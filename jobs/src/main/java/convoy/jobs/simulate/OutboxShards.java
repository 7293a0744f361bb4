package convoy.jobs.simulate;

import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.Repository;
import convoy.data.vehicle.VinRange;
import convoy.readers.manifest.ShardReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * The shards of an outbox, read a range of vehicles after the other, so that the memory in use does
 * not grow with the outbox.
 */
final class OutboxShards {
  /** Of so many manifests one's VIN is kept to find the ranges by. */
  private static final int SAMPLED = 100;

  private final List<Shard> shards = new ArrayList<>();
  private final List<String> samples = new ArrayList<>();
  private final int atOnce;

  /** A shard, and the first and the last VIN in it. */
  private record Shard(Path file, String first, String last) {}

  /** What is done with a manifest. */
  @FunctionalInterface
  interface Meeting {
    void meet(ManifestBundle bundle) throws IOException;
  }

  /**
   * @param atOnce how many manifests a range has, more or less
   */
  OutboxShards(Path outbox, int atOnce) throws IOException {
    this.atOnce = atOnce;
    int seen = 0;
    for (Path file : files(outbox.resolve(Repository.DIRECTOR.folder()))) {
      try (ShardReader reader = ShardReader.open(file)) {
        SortedSet<String> vins = reader.vins();
        if (!vins.isEmpty()) {
          shards.add(new Shard(file, vins.first(), vins.last()));
          for (String vin : vins) {
            if (seen++ % step() == 0) {
              samples.add(vin);
            }
          }
        }
      }
    }
    Collections.sort(samples);
  }

  private static List<Path> files(Path director) throws IOException {
    if (!Files.isDirectory(director)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(director)) {
      return files
          .filter(file -> file.getFileName().toString().matches("shard-\\d+\\.zip"))
          .sorted()
          .toList();
    }
  }

  private int step() {
    return Math.min(SAMPLED, atOnce);
  }

  /** Ranges in the order of VINs, all vehicles among them; none without manifests. */
  List<VinRange> ranges() {
    List<VinRange> ranges = new ArrayList<>();
    String from = VinRange.ALL.from();
    for (int i = atOnce / step(); i < samples.size(); i += atOnce / step()) {
      String next = samples.get(i);
      if (next.compareTo(from) > 0) {
        ranges.add(new VinRange(from, next));
        from = next;
      }
    }
    if (!samples.isEmpty()) {
      ranges.add(new VinRange(from, VinRange.END));
    }
    return ranges;
  }

  /** All manifests of those vehicles, in the order of shards. */
  void forEach(VinRange range, Meeting meeting) throws IOException {
    for (Shard shard : shards) {
      if (shard.last().compareTo(range.from()) >= 0
          && shard.first().compareTo(range.before()) < 0) {
        try (ShardReader reader = ShardReader.open(shard.file())) {
          for (String vin : reader.vins().subSet(range.from(), range.before())) {
            meeting.meet(reader.find(vin).orElseThrow());
          }
        }
      }
    }
  }
}

package convoy.jobs.control;

import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import convoy.data.manifest.ManifestBundle;
import convoy.readers.manifest.ShardReader;
import convoy.writers.manifest.ShardWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shards that stand in the outbox although the store calls them prepared: the process died, or
 * failed, between the two. Vehicles may have them, so they are issued and must not be dropped.
 */
final class UnrecordedShards {
  private UnrecordedShards() {}

  /**
   * Records them as issued.
   *
   * @return a line for each
   */
  static List<String> record(Home home, FleetStore store, Instant now) {
    List<String> lines = new ArrayList<>();
    for (Issuing.Shard shard : Issuing.prepared(store)) {
      Path file = ShardWriter.path(home.outbox(), shard.campaign(), shard.wave(), shard.shard());
      try {
        if (!Files.isRegularFile(file)) {
          continue;
        }
        Content found = content(file);
        if (found.versions().equals(Issuing.versions(store, shard))) {
          Issuing.markIssued(store, shard, FileDigest.sha256(file), found.keyids(), now);
          lines.add(
              "%s: wave %d shard %d stood in the outbox and is recorded as issued"
                  .formatted(shard.campaign(), shard.wave(), shard.shard()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(file.toString(), e);
      }
    }
    return lines;
  }

  /**
   * The manifests in a file.
   *
   * @param keyids of the keys that signed them
   */
  private record Content(Map<String, Long> versions, Set<String> keyids) {}

  /** A file that is no shard has no manifests, and is written anew. */
  private static Content content(Path file) throws IOException {
    Map<String, Long> versions = new HashMap<>();
    Set<String> keyids = new HashSet<>();
    try (ShardReader reader = ShardReader.open(file)) {
      for (ManifestBundle bundle : reader) {
        versions.put(bundle.vin(), bundle.version());
        if (keyids.isEmpty()) {
          // One signer signs all of a shard.
          keyids.addAll(bundle.keyids());
        }
      }
      return new Content(versions, keyids);
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.INPUT_REFUSED && e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      return new Content(Map.of(), Set.of());
    }
  }
}

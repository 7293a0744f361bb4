package convoy.jobs.trust;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Issuing;
import java.util.Optional;

/** What an order to take something back rests on, for all shards of it. */
public interface ShardProof {
  /** Why the shard may not be signed, as a sentence; empty when it may. */
  Optional<String> problem(FleetStore store, Issuing.Shard shard);
}

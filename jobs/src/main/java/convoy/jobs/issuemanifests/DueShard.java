package convoy.jobs.issuemanifests;

import convoy.data.duckdb.Issuing;
import org.jspecify.annotations.Nullable;

/**
 * A shard that may be signed.
 *
 * @param likelyNext the one that is due after it unless something is asked for or taken back
 *     meanwhile, so that its signing may begin; null when none is
 */
record DueShard(Issuing.Shard shard, Issuing.@Nullable Shard likelyNext) {}

-- Versions and shards of manifests that were prepared and never issued are not used again: versions only grow.
-- Grain: one row per manifest.
insert into dropped_manifest
select vin, version, :campaign, wave, shard, :now
from to_drop;

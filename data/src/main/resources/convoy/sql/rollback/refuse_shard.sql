-- The vehicles of a shard that takes them back, and is not written. Grain: one row per vehicle.
insert into refused_rollback
select campaign, vin, is_resigned(vin, version), :reason, :now
from manifest
where campaign = :campaign and wave = :wave and shard = :shard;

-- The vehicles of one of these shards that are not told once more. Grain: one row per vehicle.
insert into refused_rollback
select m.campaign, m.vin, true, :reason, :now
from to_resign t
join manifest m on m.vin = t.vin and m.version = t.version
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard;

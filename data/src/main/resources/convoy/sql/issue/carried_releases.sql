-- The re-releases that one shard names. Grain: one row per module and counter, 'module counter'.
select distinct k.module || ' ' || k.release_counter as release
from manifest m
join manifest_target k on k.vin = m.vin and k.version = m.version and k.release_counter is not null
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard
order by release;

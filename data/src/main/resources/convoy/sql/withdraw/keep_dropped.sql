-- What was prepared for these vehicles and not written is dropped; its versions and shards are not used again.
-- Grain: one row per manifest.
insert into dropped_manifest
select vin, version, campaign, wave, shard, :now
from manifest
where campaign = :campaign and state = 'PREPARED'
  and vin in (select vin from meant_vehicle where outcome <> 'LEFT');

-- The shards that are prepared and not issued and take vehicles back, of campaigns in any state. carrying: how many
-- of its manifests carry others. Grain: one row per shard.
select campaign, wave, shard, withdrawal, rollback, count(*) as vehicles,
  count(*) filter ((vin, version) in (select c.vin, c.version from carried c)) as carrying
from manifest
where state = 'PREPARED' and rollback is not null
group by campaign, wave, shard, withdrawal, rollback
order by campaign, wave, shard;

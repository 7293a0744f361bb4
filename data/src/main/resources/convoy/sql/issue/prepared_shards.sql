-- The shards that are prepared and not issued, of campaigns in any state. Grain: one row per shard.
-- withdrawal: set where it takes manifests back. rollback: where it takes vehicles back. carrying: how many of its
-- manifests carry others. A shard has manifests of one kind only.
select campaign, wave, shard, withdrawal, rollback, count(*) as vehicles,
  count(*) filter ((vin, version) in (select c.vin, c.version from carried c)) as carrying
from manifest
where state = 'PREPARED'
group by campaign, wave, shard, withdrawal, rollback
order by campaign, wave, shard;

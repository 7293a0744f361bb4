-- The shards that are prepared and not issued and take manifests back, of campaigns in any state, as they were prepared: a
-- vehicle that gets two gets the newer one last. carrying: how many of its manifests carry others. Grain: one row per shard.
select campaign, wave, shard, withdrawal, rollback, count(*) as vehicles,
  count(*) filter ((vin, version) in (select c.vin, c.version from carried c)) as carrying
from manifest
where state = 'PREPARED' and withdrawal is not null
group by campaign, wave, shard, withdrawal, rollback
order by min(issued_at), withdrawal, campaign, wave, shard;

-- The shards that are prepared and not issued and take manifests back, of campaigns in any state. Grain: one row per shard.
select campaign, wave, shard, withdrawal, rollback, count(*) as vehicles
from manifest
where state = 'PREPARED' and withdrawal is not null
group by campaign, wave, shard, withdrawal, rollback
order by campaign, wave, shard;

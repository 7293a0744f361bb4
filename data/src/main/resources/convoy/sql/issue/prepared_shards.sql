-- The shards that are prepared and not issued, of campaigns in any state. Grain: one row per shard.
-- withdrawal: set where it takes manifests back. rollback: where it takes vehicles back. A shard has manifests of one kind only.
select campaign, wave, shard, withdrawal, rollback, count(*) as vehicles
from manifest
where state = 'PREPARED'
group by campaign, wave, shard, withdrawal, rollback
order by campaign, wave, shard;

-- The shards that are prepared and not issued, of campaigns in any state. Grain: one row per shard.
select campaign, wave, shard, count(*) as vehicles
from manifest
where state = 'PREPARED'
group by campaign, wave, shard
order by campaign, wave, shard;

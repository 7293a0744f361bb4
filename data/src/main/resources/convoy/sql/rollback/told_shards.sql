-- The shards in which vehicles were told to go back that are to be told so once more. Grain: one row per shard.
select m.campaign, m.wave, m.shard, m.withdrawal, m.rollback, count(*) as vehicles, 0 as carrying
from to_resign t
join manifest m on m.vin = t.vin and m.version = t.version
group by m.campaign, m.wave, m.shard, m.withdrawal, m.rollback
order by m.wave, m.shard;

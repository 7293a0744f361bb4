-- The shards in which that was first issued which the manifests of one shard carry. Grain: one row per such shard.
select o.campaign, o.wave, o.shard, o.withdrawal, o.rollback, count(*) as vehicles, 0 as carrying
from manifest m
join carried k on k.vin = m.vin and k.version = m.version
join manifest o on o.vin = k.vin and o.version = k.of_version
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard
group by o.campaign, o.wave, o.shard, o.withdrawal, o.rollback
order by o.campaign, o.wave, o.shard;

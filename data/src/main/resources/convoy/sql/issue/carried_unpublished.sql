-- Shards that carry what was first issued in another one which is not at the destination. Grain: one row per path of a
-- shard and campaign that it carries.
select distinct shard_path(m.campaign, m.wave, m.shard) as path, o.campaign
from carried c
join manifest m on m.vin = c.vin and m.version = c.version and m.state = 'ISSUED'
join manifest o on o.vin = c.vin and o.version = c.of_version
left join published_file p
  on p.destination = :destination and p.path = shard_path(o.campaign, o.wave, o.shard)
where p.path is null
order by path, o.campaign;

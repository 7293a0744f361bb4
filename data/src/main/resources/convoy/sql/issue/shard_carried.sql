-- What the manifests of one shard carry. Grain: one row per manifest, other campaign and ECU, in the order in which campaigns
-- go first, and by module.
select k.vin, o.campaign, o.wave, o.attempt, o.correlation_id, o.rollback is not null as is_rollback,
  g.module, g.ecu_serial, g.hardware_part, coalesce(g.release_counter, t.release_counter) as release_counter, g.certificate
from manifest m
join carried k on k.vin = m.vin and k.version = m.version
join manifest o on o.vin = k.vin and o.version = k.of_version
join manifest_target g on g.vin = o.vin and g.version = o.version
join campaign c on c.campaign = o.campaign
join update_target t
  on t.update_name = c.update_name and t.update_version = c.update_version and t.module = g.module
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard
order by k.vin, {first}, o.version, g.module;

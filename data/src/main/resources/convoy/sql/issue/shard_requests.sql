-- What the manifests of one shard say, of those that name images. Grain: one row per vehicle and ECU, by VIN and module.
-- texts: with U+001F between them.
select concat_ws(chr(31), m.vin, m.correlation_id, k.module, k.ecu_serial, k.hardware_part) as texts,
  m.version, m.attempt, m.issued_at, m.expires_at,
  coalesce(k.release_counter, t.release_counter) as release_counter, k.certificate
from manifest m
-- Of one campaign a vehicle has one manifest in a shard.
join manifest_target k on k.vin = m.vin and k.version = m.version
join campaign c on c.campaign = m.campaign
join update_target t
  on t.update_name = c.update_name and t.update_version = c.update_version and t.module = k.module
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard and m.withdrawal is null
order by m.vin, k.module;

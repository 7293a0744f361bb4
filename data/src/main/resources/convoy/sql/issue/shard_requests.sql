-- What the manifests of one shard say, of those that name images. Grain: one row per vehicle, its ECUs by module, one JSON array each.
select m.vin, any_value(m.version) as version, any_value(m.attempt) as attempt,
  any_value(m.correlation_id) as correlation_id, any_value(m.issued_at) as issued_at,
  any_value(m.expires_at) as expires_at,
  '[' || string_agg(json_array(
    k.module, k.ecu_serial, k.hardware_part, coalesce(k.release_counter, t.release_counter), k.certificate
  ), ',' order by k.module) || ']' as ecus
from manifest m
-- Of one campaign a vehicle has one manifest in a shard.
join manifest_target k on k.vin = m.vin and k.version = m.version
join campaign c on c.campaign = m.campaign
join update_target t
  on t.update_name = c.update_name and t.update_version = c.update_version and t.module = k.module
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard and m.withdrawal is null
group by m.vin
order by m.vin;

-- What the manifests of one shard say, of those that name images. Grain: one row per vehicle, its ECUs as a JSON array, by module.
select m.vin, m.version, m.campaign, m.wave, m.attempt, m.correlation_id, m.issued_at, m.expires_at,
  to_json(list({
    'module': k.module, 'ecuSerial': k.ecu_serial, 'hardwareId': k.hardware_part, 'certificate': k.certificate,
    'releaseCounter': coalesce(k.release_counter, t.release_counter)
  } order by k.module))::varchar as ecus
from manifest m
join manifest_target k on k.vin = m.vin and k.version = m.version
join campaign c on c.campaign = m.campaign
join update_target t
  on t.update_name = c.update_name and t.update_version = c.update_version and t.module = k.module
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard and m.withdrawal is null
group by all
order by m.vin;

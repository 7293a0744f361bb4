-- What the manifests of one shard say that take vehicles back. ECUs go back in the reverse of the update's order.
-- Grain: one row per vehicle, its targets as a JSON array in install order.
select m.vin, m.version, m.campaign, m.wave, m.attempt, m.correlation_id, m.issued_at, m.expires_at,
  u.definition::json->>'$.preconditions' as preconditions,
  to_json(list({
    'module': k.module, 'ecuSerial': k.ecu_serial, 'hardwareId': k.hardware_part, 'certificate': k.certificate, 'fileName': i.image_name,
    'length': i.image_length, 'sha256': i.image_sha256, 'sha512': i.image_sha512,
    'encryptedLength': coalesce(e.encrypted_length, 0), 'encryptedSha256': coalesce(e.encrypted_sha256, ''),
    'encryptedSha512': coalesce(e.encrypted_sha512, ''), 'version': t.to_version,
    'releaseCounter': r.release_counter, 'installOrder': o.most - o.install_order, 'installGroup': o.install_group
  } order by o.install_order desc))::varchar as targets
from manifest m
join manifest_target k on k.vin = m.vin and k.version = m.version
join campaign c on c.campaign = m.campaign
join update_definition u on u.name = c.update_name and u.version = c.update_version
join (
  select update_name, update_version, module, install_order, install_group,
    max(install_order) over (partition by update_name, update_version) as most
  from update_target
) o on o.update_name = c.update_name and o.update_version = c.update_version and o.module = k.module
join re_release r on r.module = k.module and r.release_counter = k.release_counter
join update_target t
  on t.update_name = r.update_name and t.update_version = r.update_version and t.module = r.module
join update_image i
  on i.update_name = t.update_name and i.update_version = t.update_version and i.module = t.module
  and (len(i.hardware) = 0 or list_contains(i.hardware, k.hardware_part))
-- An image that is not kept has no hash; the signer refuses it.
left join image e on e.sha256 = i.image_sha256
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard
  and m.rollback is not null
group by all
order by m.vin;

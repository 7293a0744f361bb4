-- The ECUs that each newly prepared manifest addresses: those that are not at the update's version.
-- release_counter: only for an ECU that would refuse that of the update.
-- Grain: one row per manifest and ECU.
insert into manifest_target
select m.vin, m.version, t.module, e.serial, e.hardware_part, e.software_version, y.software_key,
  t.to_version, r.release_counter, e.certificate
from manifest m
join campaign c on c.campaign = m.campaign
join update_target t on t.update_name = c.update_name and t.update_version = c.update_version
join ecu e on e.vin = m.vin and e.module = t.module
join version_key y on y.module = e.module and y.software_version = e.software_version and y.software_key <> t.to_key
left join taken_re_release x on x.vin = m.vin and x.module = t.module and x.release_counter > t.release_counter
left join latest_re_release r
  on x.vin is not null and r.update_name = t.update_name and r.update_version = t.update_version
  and r.module = t.module
where m.campaign = :campaign
  and m.state = 'PREPARED'
  and m.withdrawal is null
  and m.rollback is null
  and not exists (select 1 from manifest_target k where k.vin = m.vin and k.version = m.version);

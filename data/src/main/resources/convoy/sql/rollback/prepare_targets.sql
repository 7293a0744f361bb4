-- The ECUs that go back, each to an earlier image under its latest release. Grain: one row per manifest and ECU.
insert into manifest_target
select m.vin, m.version, p.module, p.serial, p.hardware_part, p.software_version, p.software_key, p.to_version,
  p.release_counter, p.certificate
from manifest m
join back_part p on p.vin = m.vin
where m.campaign = :campaign and m.state = 'PREPARED' and m.rollback = :rollback
  and not exists (select 1 from manifest_target k where k.vin = m.vin and k.version = m.version);

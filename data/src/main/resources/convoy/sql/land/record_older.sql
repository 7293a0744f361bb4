-- Earlier facts that came late belong to the history too: one row per ECU of which the file tells such a fact that is
-- not known yet. The history of these ECUs is picked first: an anti join would else build on all of it.
insert into observation
with
older as materialized (select * from landing_ecu where change = 'OLDER'),
known as materialized (
  select o.* from observation o semi join older l on l.vin = o.vin and l.module = o.module
)
select vin, module, serial, hardware_part, hardware_version, software_version, calibration, protocol, rxswin, certificate,
  observed_at, 'FACTORY', file_id, line, :now
from older l
where not exists (
  select 1
  from known o
  where o.vin = l.vin and o.module = l.module and o.observed_at = l.observed_at
    and o.serial = l.serial and o.hardware_part = l.hardware_part and o.hardware_version = l.hardware_version
    and o.software_version = l.software_version and o.protocol = l.protocol
    and o.calibration is not distinct from l.calibration
    and o.rxswin is not distinct from l.rxswin
    and o.certificate is not distinct from l.certificate);

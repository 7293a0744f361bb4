-- The history of ECU facts: one row per ECU that this file made or changed.
insert into observation
select vin, module, serial, hardware_part, hardware_version, software_version, calibration, protocol, rxswin, certificate,
  observed_at, 'FACTORY', file_id, line, :now
from landing_ecu
where change in ('NEW', 'CHANGED');

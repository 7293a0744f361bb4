-- ECUs that the fleet does not have. In the order of their VINs: DuckDB passes over the row groups that cannot have a
-- vehicle's, so that one vehicle is found fast among millions. Grain: one row per ECU.
insert into ecu
  (vin, module, serial, hardware_part, hardware_version, software_version, software_key, calibration, protocol,
   rxswin, certificate, observed_at, source, source_file, source_line)
select vin, module, serial, hardware_part, hardware_version, software_version, software_key, calibration, protocol,
  rxswin, certificate, observed_at, 'FACTORY', file_id, line
from landing_ecu
where change = 'NEW'
order by vin, module;

-- What one vehicle runs. Grain: one row per ECU.
select module, serial, hardware_part, hardware_version, software_version, calibration, protocol, observed_at, source,
  coalesce(f.name, e.source_sha256) as source_file, source_line
from ecu e
left join (select sha256, any_value(name) as name from import_file where outcome = 'LANDED' group by sha256) f
  on f.sha256 = e.source_sha256
where vin = :vin
order by module;

-- What one vehicle runs. Grain: one row per ECU.
select module, serial, hardware_part, hardware_version, software_version, calibration, protocol, observed_at, source,
  coalesce(f.name, e.source_file::varchar) as source_file, source_line
from ecu e
left join (select file_id, any_value(name) as name from import_file where outcome = 'LANDED' group by file_id) f
  on f.file_id = e.source_file
where vin = :vin
order by module;

-- What was ever known of a vehicle's ECUs, oldest first. Grain: one row per change of an ECU fact.
select o.module, o.serial, o.hardware_part, o.hardware_version, o.software_version, o.calibration, o.protocol, o.observed_at,
  o.source, coalesce(f.name, o.source_file::varchar) as source_file, o.source_line
from observation o
left join (select file_id, any_value(name) as name from import_file where outcome = 'LANDED' group by file_id) f
  on f.file_id = o.source_file
where o.vin = :vin
order by o.module, o.observed_at, o.source_file;

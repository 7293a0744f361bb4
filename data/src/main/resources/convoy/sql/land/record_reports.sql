-- What vehicles report is what they run: the history of ECU facts gets a row for each report that is newer than what
-- the fleet knows and says something else. Grain: one row per ECU.
insert into observation
select e.vin, e.module, e.serial, e.hardware_part, e.hardware_version, o.version, e.calibration, e.protocol, e.rxswin,
  e.certificate, o.observed_at, :source, o.file_id, o.line, :now
from latest_report o
join ecu e on e.vin = o.vin and e.module = o.module
where (o.observed_at > e.observed_at or (o.observed_at = e.observed_at and o.file_id > e.source_file))
  and o.version_key <> e.software_key;

-- What vehicles report is what they run: the history of ECU facts gets a row for each report that is newer than what
-- the fleet knows and says something else. Grain: one row per ECU.
insert into observation
select e.vin, e.module, e.serial, e.hardware_part, e.hardware_version, o.version, e.calibration,
  o.observed_at, 'STATUS', o.sha256, o.line, :now
from latest_report o
join ecu e on e.vin = o.vin and e.module = o.module
where (o.observed_at, o.sha256) > (e.observed_at, e.source_sha256) and o.version_key <> e.software_key;

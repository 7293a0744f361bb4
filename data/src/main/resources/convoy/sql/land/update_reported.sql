-- Newer wins, also here. Grain: one row per ECU.
update ecu e
set software_version = o.version, software_key = o.version_key, observed_at = o.observed_at, source = :source,
  source_file = o.file_id, source_line = o.line
from latest_report o
where e.vin = o.vin and e.module = o.module
  and (o.observed_at > e.observed_at or (o.observed_at = e.observed_at and o.file_id > e.source_file));

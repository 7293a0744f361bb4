-- Full exports that did not name known vehicles, newest first. Grain: one row per export.
-- A vehicle is still missing while nothing newer than the export has told of it and it is not retired.
select
  f.sha256,
  any_value(f.name) as name,
  max(m.missing_as_of) as as_of,
  count(*) as missing,
  count(*) filter (where v.observed_at < m.missing_as_of and v.retired_at is null) as still_missing
from missing_vehicle m
join import_file f on f.file_id = m.file_id and f.outcome = 'LANDED'
join vehicle v on v.vin = m.vin
group by f.sha256
order by as_of desc, name;

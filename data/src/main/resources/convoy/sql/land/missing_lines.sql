-- The vehicles that a full export did not name, shaped as a quarantine. Grain: one row per vehicle.
with
file as (select file_id, any_value(name) as name from import_file where outcome = 'LANDED' group by file_id)
select f.name as file, null as sheet, 0 as line, 'vin' as column_name, 'MISSING_VEHICLE' as rule, m.vin as found,
  'a row of this full export; last told of by ' || coalesce(l.name, 'another file') || ' as of ' || m.last_seen_at
    as expected,
  '' as raw
from missing_vehicle m
join file f on f.file_id = m.file_id
left join file l on l.file_id = m.last_file
where m.file_id = :file
order by m.vin;

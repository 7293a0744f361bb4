-- What one vehicle reported, oldest first. Grain: one row per status event.
select s.event_at, s.campaign, s.manifest_version, s.attempt, s.module, s.state, s.reported_version, s.error_code, s.text,
  coalesce(f.name, s.sha256) as source_file, s.line as source_line
from (select * from status_event where vin = :vin) s
left join (select sha256, any_value(name) as name from import_file where outcome = 'LANDED' group by sha256) f
  on f.sha256 = s.sha256
order by s.event_at, s.event_id;

-- Attacks that ECUs reported: of one vehicle or of one file, oldest first. Grain: one row per report of an attack.
select r.reported_at, r.vin, r.module, r.ecu_serial, r.attacks, coalesce(f.name, r.sha256) as source_file,
  r.line as source_line
from (
  select * from version_report
  where attacks is not null and (vin = :vin or sha256 = :sha256)
) r
left join (select sha256, any_value(name) as name from import_file where outcome = 'LANDED' group by sha256) f
  on f.sha256 = r.sha256
order by r.reported_at, r.vin, r.module, r.counter;

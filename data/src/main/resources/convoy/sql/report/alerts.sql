-- Attacks that ECUs reported in the run's files. Grain: one row per report of an attack.
select r.reported_at as "At", r.vin as "VIN", r.module as "Module", r.ecu_serial as "ECU serial",
  r.attacks as "Attack detected", f.name as "File", r.line as "Line"
from version_report r
join (
  select sha256, any_value(name) as name from import_file where run_id = :run and outcome = 'LANDED' group by sha256
) f on f.sha256 = r.sha256
where r.attacks is not null
order by r.reported_at, r.vin, r.module, r.counter;

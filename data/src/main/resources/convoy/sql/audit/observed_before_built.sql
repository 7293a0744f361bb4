-- A date of manufacture is local to the plant and times are UTC: a day earlier is no fault. Grain: one row per vehicle,
-- with the earliest of its ECUs' facts.
select v.vin, arg_min(e.module, (e.observed_at, e.module)) as module,
  'true at ' || strftime(min(e.observed_at), '%Y-%m-%dT%H:%M:%SZ') as found,
  'not before ' || any_value(v.manufactured_on) || ', when the vehicle was built' as expected
from ecu e
join vehicle v on v.vin = e.vin
where e.observed_at < v.manufactured_on - interval 1 day
group by v.vin;

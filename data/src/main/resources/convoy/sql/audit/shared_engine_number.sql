-- Grain: one row per vehicle whose engine number another vehicle has too.
with
shared as (
  select engine_number, min(vin) as first_vin, max(vin) as last_vin, count(distinct vin) as vehicles
  from vehicle
  where engine_number is not null
  group by engine_number
  having min(vin) <> max(vin)
)
select v.vin, null::varchar as module, 'engine number ' || v.engine_number as found,
  'a number of one vehicle only (here: of ' || x.vehicles || ', also of '
    || case v.vin when x.first_vin then x.last_vin else x.first_vin end || ')' as expected
from vehicle v
join shared x on x.engine_number = v.engine_number;

-- Grain: one row per vehicle whose chassis number another vehicle has too.
with
shared as (
  select chassis_number, min(vin) as first_vin, max(vin) as last_vin, count(distinct vin) as vehicles
  from vehicle
  where chassis_number is not null
  group by chassis_number
  having min(vin) <> max(vin)
)
select v.vin, null::varchar as module, 'chassis number ' || v.chassis_number as found,
  'a number of one vehicle only (here: of ' || x.vehicles || ', also of '
    || case v.vin when x.first_vin then x.last_vin else x.first_vin end || ')' as expected
from vehicle v
join shared x on x.chassis_number = v.chassis_number;

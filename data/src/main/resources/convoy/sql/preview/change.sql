-- The vehicles that are eligible in only one of two previews. Grain: one row per vehicle.
create or replace temp table change as
select coalesce(b.vin, a.vin) as vin,
  case when a.faults = 0 then 'JOIN' else 'LEAVE' end as direction,
  case when a.faults = 0 then b.faults else a.faults end as faults
from outcome_before b
full join outcome a on a.vin = b.vin
where (b.faults is not distinct from 0) <> (a.faults is not distinct from 0);

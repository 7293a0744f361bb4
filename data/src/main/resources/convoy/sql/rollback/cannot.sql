-- Vehicles without a way back. Of one with several ECUs none goes back alone. Grain: one row per such vehicle.
update assignment a
set state = 'SERVICE_REQUIRED', state_at = :now,
  reason = 'it cannot go back: ' || p.problems || coalesce('; ' || a.reason, '')
from (
  select vin, string_agg(problem, '; ' order by module) as problems
  from back_part
  where problem is not null
  group by vin
) p
where a.campaign = :campaign and a.vin = p.vin and a.state = 'ROLLBACK_DUE';

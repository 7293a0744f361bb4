-- Vehicles without a way back. Of one with several ECUs none goes back alone. Grain: one row per such vehicle.
update assignment a
set state = 'SERVICE_REQUIRED', state_at = :now, due_at = null, settled_outcomes = p.outcomes,
  reason = 'it cannot go back: ' || p.problems || coalesce('; ' || a.reason, '')
from (
  select b.vin, b.outcomes, string_agg(k.problem, '; ' order by k.module) as problems
  from back_vehicle b
  join back_part k on k.vin = b.vin
  where k.problem is not null
  group by b.vin, b.outcomes
) p
where a.campaign = :campaign and a.vin = p.vin and a.state = 'ROLLBACK_DUE';

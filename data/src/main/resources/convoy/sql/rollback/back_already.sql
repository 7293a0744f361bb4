-- Vehicles of which every ECU runs the version from before by now. Grain: one row per such vehicle.
update assignment a
set state = 'ROLLED_BACK', reason = 'its ECUs run the versions from before the update', state_at = :now, due_at = null,
  settled_outcomes = b.outcomes
from back_vehicle b
where a.campaign = :campaign and a.vin = b.vin and a.state = 'ROLLBACK_DUE'
  and b.vin not in (select vin from back_part);

-- One that waits to be tried again waits on. Grain: one row per vehicle that a person has rolled back.
update assignment a
set state = 'ROLLBACK_DUE', rollback = :rollback, reason = :reason, waiting_for = null,
  due_at = case when a.state = 'ROLLBACK_DUE' then a.due_at end, deadline_at = null, state_at = :now,
  settled_outcomes = null
from meant_back b
where a.campaign = :campaign and b.vin = a.vin and b.outcome = 'DUE';

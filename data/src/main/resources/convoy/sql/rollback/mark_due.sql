-- Grain: one row per vehicle that a person has rolled back.
update assignment a
set state = 'ROLLBACK_DUE', rollback = :rollback, reason = :reason, waiting_for = null, due_at = null,
  deadline_at = null, state_at = :now
from meant_back b
where a.campaign = :campaign and b.vin = a.vin and b.outcome = 'DUE';

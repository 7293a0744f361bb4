-- Rollbacks that ran out without an outcome. A late report takes an assignment out of SERVICE_REQUIRED again.
-- Grain: one row per such assignment.
update assignment a
set state = 'SERVICE_REQUIRED', state_at = :now, reason = 'its rollback ran out without an outcome'
from manifest m
where m.campaign = a.campaign and m.vin = a.vin and m.rollback is not null and m.state = 'ISSUED'
  and a.state = 'ROLLBACK_ISSUED' and m.expires_at < :now;

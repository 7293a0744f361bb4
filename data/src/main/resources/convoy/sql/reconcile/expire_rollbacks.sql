-- Rollbacks that ran out without an outcome, also as they were signed anew or are carried by other campaigns. A late report takes an assignment out of SERVICE_REQUIRED again.
-- Grain: one row per such assignment.
update assignment a
set state = 'SERVICE_REQUIRED', state_at = :now, reason = 'its rollback ran out without an outcome'
from (
  select campaign, vin, max(expires_at) as expires_at
  from manifest_part
  where rollback is not null and state = 'ISSUED'
  group by campaign, vin
) m
where m.campaign = a.campaign and m.vin = a.vin and a.state = 'ROLLBACK_ISSUED' and m.expires_at < :now;

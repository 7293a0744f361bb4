-- What was dropped stays so, and a vehicle that is silent stays so until it says something about its current attempt;
-- one whose manifest ran out or was withdrawn, until it tells an outcome. What had run out when its vehicle was withdrawn
-- is not CANCELLED by mere progress: it would not be, had that come first. A vehicle that was found to have no way back,
-- or to need none, stays so until it tells an outcome that this did not rest on, and one whose rollback ran out until it
-- tells one. Grain: one row per folded assignment whose
-- state or reason changed.
update assignment a
set state = f.state, due_at = f.due_at, error_code = f.error_code, failed_module = f.failed_module,
  reason = f.reason, state_at = :now, settled_outcomes = null,
  deadline_at = case when f.state in ('ISSUED', 'IN_PROGRESS')
    then coalesce(a.deadline_at, greatest(:now, coalesce(c.forced_from, :now)) + to_seconds(c.silent_after_seconds)) end
from offered_folds() f, campaign c
where f.campaign = a.campaign and f.vin = a.vin
  and c.campaign = a.campaign
  and a.state <> 'SUPERSEDED'
  and not (a.state = 'SILENT' and f.state = 'ISSUED')
  and not (a.state in ('EXPIRED', 'CANCELLED') and f.state in ('ISSUED', 'IN_PROGRESS'))
  and not (a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT', 'EXPIRED') and f.state = 'CANCELLED')
  and not (f.state = 'ROLLBACK_DUE' and f.outcomes is not distinct from a.settled_outcomes)
  and not (a.state = 'SERVICE_REQUIRED' and f.state = 'ROLLBACK_ISSUED' and not exists (
    select 1 from manifest_part m
    where m.campaign = a.campaign and m.vin = a.vin and m.rollback is not null and m.state = 'ISSUED'
      and m.expires_at >= :now))
  and (f.state, f.error_code, f.failed_module, f.reason, f.due_at) is distinct from
    (a.state, a.error_code, a.failed_module, a.reason, a.due_at);

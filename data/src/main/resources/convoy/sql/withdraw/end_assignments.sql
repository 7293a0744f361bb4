-- A failure that was to be tried again stays one; everything else is cancelled. Grain: one row per assignment that ends.
update assignment a
set state = case a.state when 'RETRY_DUE' then 'FAILED' else 'CANCELLED' end,
  reason = case a.state when 'RETRY_DUE' then :not_again else :reason end,
  waiting_for = null, due_at = null, deadline_at = null, state_at = :now
from meant_vehicle t
where a.campaign = :campaign and t.vin = a.vin and t.outcome <> 'LEFT'
  and a.state in ('PLANNED', 'WAITING', 'ISSUED', 'IN_PROGRESS', 'SILENT', 'RETRY_DUE');

-- An aborted campaign issues nothing more: what was not issued is cancelled, and what was to be tried again has failed.
-- Grain: one row per such assignment.
update assignment
set state = case state when 'RETRY_DUE' then 'FAILED' else 'CANCELLED' end,
  reason = case state
    when 'RETRY_DUE' then 'its campaign is ABORTED, so it is not tried again'
    else 'its campaign was aborted' end,
  waiting_for = null, due_at = null, state_at = :now
where campaign = :campaign and state in ('PLANNED', 'WAITING', 'RETRY_DUE');

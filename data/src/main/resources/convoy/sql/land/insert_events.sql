insert into status_event
select event_id, event_at, vin, module, campaign, manifest_version, attempt, state, reported_version, reported_key,
  error_code, text, sha256, line, :now
from landing_event;

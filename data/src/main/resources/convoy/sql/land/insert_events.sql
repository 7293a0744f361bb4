-- The events of one file, in the order of their VINs, for the same reason as in insert_ecus.sql. Grain: one row per
-- status event.
insert into status_event
select event_id, event_at, vin, module, campaign, manifest_version, attempt, state, reported_version, reported_key,
  error_code, text, sha256, line, :now
from landing_event
order by vin, event_at, event_id;

-- Grain: one row per good event of the file that is not known yet. An event is known when all it says is known:
-- two events that share an id and differ are both kept, and the fold decides the same way in any order.
create or replace temp table landing_event as
with
once as (
  select min(row_no) as row_no, min(line) as line, event_id, event_at, vin, module, campaign, manifest_version, attempt,
    state, reported_version, any_value(reported_key) as reported_key, error_code, text, any_value(sha256) as sha256
  from staged_event
  where sha256 = :sha256 and row_no not in (select row_no from staged_rejection where sha256 = :sha256)
  group by event_id, event_at, vin, module, campaign, manifest_version, attempt, state, reported_version, error_code, text
)
select o.*
from once o
where not exists (
  select 1
  from status_event k
  where k.event_id = o.event_id and k.event_at = o.event_at and k.vin = o.vin and k.module = o.module
    and k.campaign = o.campaign and k.manifest_version = o.manifest_version and k.attempt = o.attempt
    and k.state = o.state and k.reported_version is not distinct from o.reported_version
    and k.error_code is not distinct from o.error_code and k.text is not distinct from o.text);

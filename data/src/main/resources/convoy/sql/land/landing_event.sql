-- Grain: one row per good event of the file that is not known yet. An event is known when all it says is known:
-- two events that share an id and differ are both kept, and the fold decides the same way in any order.
create or replace temp table landing_event as
with
good as (
  select s.*
  from staged_event s
  where s.sha256 = :sha256
    and s.row_no not in (select row_no from staged_rejection where sha256 = :sha256)
),
once as (
  select *
  from good
  qualify row_number() over (
    partition by event_id, event_at, vin, module, campaign, manifest_version, attempt, state, reported_version, error_code,
      text
    order by row_no) = 1
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

-- Version reports as events of the manifest that a vehicle had at that time, the newest that addresses the ECU: that
-- it is installed where the ECU runs what it names; and, where it was installed before and the ECU now runs something
-- else, what that is. A report that says what the last event before it says is none, nor is one of an ECU that has not
-- installed it yet. All reports of the vehicles are looked at, since events may come to be known later than reports.
-- Grain: one row per report and new event.
create or replace temp table landing_event as
with
addressed as (
  select h.*, m.campaign, m.version as manifest_version, m.attempt, t.to_key,
    coalesce(h.software_version, 'image ' || h.image_sha256) as runs,
    coalesce(h.software_key, 'image ' || h.image_sha256) as runs_key
  from version_report h
  join manifest m
    on m.vin = h.vin and m.state = 'ISSUED' and m.withdrawal is null and m.issued_at <= h.reported_at
  join manifest_target k on k.vin = m.vin and k.version = m.version and k.module = h.module
  join campaign c on c.campaign = m.campaign
  -- What takes a vehicle back names a release of another update.
  left join re_release r on r.module = k.module and r.release_counter = k.release_counter
  join update_target t
    on t.update_name = coalesce(r.update_name, c.update_name)
    and t.update_version = coalesce(r.update_version, c.update_version) and t.module = h.module
  where h.vin in (select vin from heard_vehicle)
  qualify row_number() over (partition by h.report_sha256 order by m.version desc) = 1
),
told as (
  -- Of a manifest that carries another campaign's, the one that has these targets.
  select s.campaign, s.vin, s.module, coalesce(p.of_version, s.manifest_version) as manifest_version, s.attempt,
    s.event_at, s.reported_key
  from status_event s
  left join manifest_part p on p.vin = s.vin and p.version = s.manifest_version and p.campaign = s.campaign
  where s.vin in (select vin from heard_vehicle) and s.state = 'INSTALLED' and s.reported_key is not null
),
last as (
  select a.report_sha256, arg_max(e.reported_key, e.event_at) as told_key
  from addressed a
  join told e
    on e.campaign = a.campaign and e.vin = a.vin and e.module = a.module
    and e.manifest_version = a.manifest_version and e.attempt = a.attempt and e.event_at <= a.reported_at
  group by a.report_sha256
),
installed as (
  select * from told
  union all
  select campaign, vin, module, manifest_version, attempt, reported_at, runs_key from addressed
)
select 0::bigint as row_no, a.line, 'report-' || a.report_sha256 as event_id, a.reported_at as event_at, a.vin,
  a.module, a.campaign, a.manifest_version, a.attempt, 'INSTALLED' as state, a.runs as reported_version,
  a.runs_key as reported_key, null::varchar as error_code, null::varchar as text, a.sha256
from addressed a
left join last l on l.report_sha256 = a.report_sha256
where l.told_key is distinct from a.runs_key
  and exists (
    select 1
    from installed i
    where i.campaign = a.campaign and i.vin = a.vin and i.module = a.module and i.manifest_version = a.manifest_version
      and i.attempt = a.attempt and i.event_at <= a.reported_at and i.reported_key = a.to_key)
  and not exists (
    select 1 from status_event k where k.vin = a.vin and k.event_id = 'report-' || a.report_sha256);

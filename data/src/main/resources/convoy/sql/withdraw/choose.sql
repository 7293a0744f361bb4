-- What becomes of each vehicle that is meant. WITHDRAWN: it gets a manifest that takes its open one back. ENDED: it has
-- none that it may still act on, and is to get none. LEFT: its assignment has ended, or only waits for a later turn.
-- wave, vins: null for all. issued: ALL, UNBEGUN (not those that have reported on it) or NONE are taken back.
-- unissued: whether those that were not issued, or are to be tried again, end too.
-- Grain: one row per assignment.
create or replace temp table meant_vehicle as
with
-- Prepared by an earlier withdrawal and not written yet; they are made anew under this one.
unwritten as (
  select distinct vin from manifest where campaign = :campaign and state = 'PREPARED' and withdrawal is not null
),
meant as (
  select *
  from assignment
  where campaign = :campaign
    and (cast(:wave as integer) is null or wave = :wave)
    and (
      cast(:vins as varchar) is null
      or vin in (select unnest(cast(cast(cast(:vins as varchar) as json) as varchar[])))
    )
),
begun as (
  select distinct vin, manifest_version from status_event where campaign = :campaign
)
select a.vin, a.wave, a.attempt, a.state, m.version, m.expires_at,
  case
    when m.expires_at > :now
        and (a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT', 'RETRY_DUE') or u.vin is not null)
        and (:issued = 'ALL' or (:issued = 'UNBEGUN' and a.state in ('ISSUED', 'SILENT') and b.vin is null))
      then 'WITHDRAWN'
    when :unissued and a.state in ('PLANNED', 'WAITING', 'RETRY_DUE') then 'ENDED'
    else 'LEFT' end as outcome
from meant a
left join manifest m on m.vin = a.vin and m.version = a.manifest_version
left join unwritten u on u.vin = a.vin
left join begun b on b.vin = a.vin and b.manifest_version = a.manifest_version;

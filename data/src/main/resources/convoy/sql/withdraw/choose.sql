-- What becomes of each vehicle that is meant. WITHDRAWN: it gets a manifest that takes its open one back. ENDED: it has
-- none of the campaign that it may still act on, and is to get none. LEFT: its assignment has ended, or only waits for a
-- later turn. A manifest that another campaign has replaced is not taken back: that would take back the other one.
-- wave, vins: null for all. issued: which manifests are taken back (convoy.data.campaign.EndAct).
-- unissued: whether those that were not issued end too. Where all are taken back, nothing is tried again.
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
replaced as (
  select vin, max(version) as version from manifest where campaign <> :campaign group by vin
),
-- What a vehicle reported on a manifest that was signed anew since counts for the attempt.
begun as (
  select distinct m.vin, m.attempt
  from status_event e
  join manifest m on m.campaign = e.campaign and m.vin = e.vin and m.version = e.manifest_version
  where e.campaign = :campaign and m.withdrawal is null
)
select a.vin, a.wave, a.attempt, a.state, m.version, m.expires_at,
  case
    when m.expires_at > :now
        and (r.version is null or r.version < m.version)
        and (a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT', 'RETRY_DUE') or u.vin is not null)
        and (:issued = 'WITHDRAW_OPEN' or (:issued = 'WITHDRAW_UNBEGUN' and a.state in ('ISSUED', 'SILENT') and b.vin is null))
      then 'WITHDRAWN'
    when (a.state = 'RETRY_DUE' and :issued = 'WITHDRAW_OPEN') or (:unissued and a.state in ('PLANNED', 'WAITING', 'RETRY_DUE'))
      then 'ENDED'
    else 'LEFT' end as outcome
from meant a
left join manifest m on m.vin = a.vin and m.version = a.manifest_version
left join unwritten u on u.vin = a.vin
left join replaced r on r.vin = a.vin
left join begun b on b.vin = a.vin and b.attempt = a.attempt;

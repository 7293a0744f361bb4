-- What becomes of each vehicle that is meant. WITHDRAWN: it gets a manifest that takes its open one back. ENDED: it has
-- none of the campaign that it may still act on, and is to get none. LEFT: its assignment has ended, or only waits for a
-- later turn. Only what the vehicle's newest manifest asks for has to be taken back; where that leaves the campaign out,
-- the assignment just ends.
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
newest as (
  select vin, max(version) as version
  from manifest
  where state = 'ISSUED' and vin in (select vin from meant)
  group by vin
),
-- What the newest manifests of these vehicles ask for, or carry, for this campaign.
asked as (
  select p.vin, p.of_version
  from newest n
  join manifest_part p on p.vin = n.vin and p.version = n.version and p.campaign = :campaign and p.withdrawal is null
),
valid as (
  select vin, of_version, max(expires_at) as expires_at
  from manifest_part
  where campaign = :campaign and state = 'ISSUED' and vin in (select vin from meant)
  group by vin, of_version
),
-- What a vehicle reported on a manifest that was signed anew since, or that carries it, counts for the attempt.
begun as (
  select distinct m.vin, m.attempt
  from status_event e
  join manifest_part m on m.campaign = e.campaign and m.vin = e.vin and m.version = e.manifest_version
  where e.campaign = :campaign and m.withdrawal is null
)
select a.vin, a.wave, a.attempt, a.state, m.of_version as version, m.expires_at,
  case
    when m.expires_at > :now
        and (a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT', 'RETRY_DUE') or u.vin is not null)
        and (:issued = 'WITHDRAW_OPEN' or (:issued = 'WITHDRAW_UNBEGUN' and a.state in ('ISSUED', 'SILENT') and b.vin is null))
      then case when k.vin is not null then 'WITHDRAWN'
        when a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT', 'RETRY_DUE') then 'ENDED'
        else 'LEFT' end
    when (a.state = 'RETRY_DUE' and :issued = 'WITHDRAW_OPEN') or (:unissued and a.state in ('PLANNED', 'WAITING', 'RETRY_DUE'))
      then 'ENDED'
    else 'LEFT' end as outcome
from meant a
left join valid m on m.vin = a.vin and m.of_version = a.manifest_version
left join unwritten u on u.vin = a.vin
left join asked k on k.vin = a.vin and k.of_version = a.manifest_version
left join begun b on b.vin = a.vin and b.attempt = a.attempt;

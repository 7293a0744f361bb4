-- The manifests of the campaign that a vehicle may still act on, or has to hear of, and of which a key is refused by now.
-- accepted: the ids of the keys that the Director's root lists for what signs manifests, as JSON.
-- which: INSTALLING, those that install something; WITHDRAWING, those that take others back; ROLLING_BACK, those that take
-- vehicles back because a person asked for it; ROLLING_BACK_BY_PLAN, also those that do so by the campaign's definition.
-- Grain: one row per manifest.
create or replace temp table to_resign as
with
refused as (
  select distinct wave, shard
  from shard_key
  where campaign = :campaign and keyid not in (select unnest(cast(cast(:accepted as json) as varchar[])))
)
select m.vin, m.version, m.wave, m.attempt, m.correlation_id, m.expires_at, m.withdraws, m.withdrawal, m.rollback
from manifest m
join refused r on r.wave = m.wave and r.shard = m.shard
left join assignment a on a.campaign = m.campaign and a.vin = m.vin
left join rollback b on b.rollback = m.rollback
where m.campaign = :campaign and m.state = 'ISSUED' and m.expires_at > :now
  -- A later one, of whichever campaign, has taken its place.
  and not exists (select 1 from manifest n where n.vin = m.vin and n.version > m.version)
  and case :which
    when 'WITHDRAWING' then m.withdrawal is not null
    when 'INSTALLING' then m.withdrawal is null and m.rollback is null and a.withdrawal is null
      and a.manifest_version = m.version and a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT')
    else m.rollback is not null and (b.act is not null or :which = 'ROLLING_BACK_BY_PLAN')
      and a.state = 'ROLLBACK_ISSUED' end;

-- The manifests of the campaign that a vehicle may still act on, or has to hear of, and of which a key is refused by now:
-- that of the vehicle's newest manifest, whichever campaign it is of, while it says or carries them. And those that it is
-- to act on and that its newest manifest does not carry, since their campaign could not be trusted when that was issued.
-- accepted: the ids of the keys that the Director's root lists for what signs manifests, as JSON.
-- which: INSTALLING, those that install something; WITHDRAWING, those that take others back; ROLLING_BACK, those that take
-- vehicles back because a person asked for it; ROLLING_BACK_BY_PLAN, also those that do so by the campaign's definition.
-- Filled in: the latter. expires_at: until when it holds by now. Grain: one row per manifest.
create or replace temp table to_resign as
with
refused as (
  select distinct campaign, wave, shard
  from shard_key
  where keyid not in (select unnest(cast(cast(:accepted as json) as varchar[])))
),
refused_newest as (
  select m.vin, m.version
  from manifest m
  join refused r on r.campaign = m.campaign and r.wave = m.wave and r.shard = m.shard
  where m.state = 'ISSUED'
    and not exists (select 1 from manifest n where n.vin = m.vin and n.version > m.version)
),
left_out as (
  {left_out}
),
again as (
  select vin, version, true as is_refused from refused_newest
  union all
  select r.vin, c.of_version, true from refused_newest r join carried c on c.vin = r.vin and c.version = r.version
  union all
  select vin, version, false from left_out
),
carried_until as (
  select c.vin, c.of_version, max(n.expires_at) as expires_at
  from carried c
  join manifest n on n.vin = c.vin and n.version = c.version and n.state = 'ISSUED'
  group by c.vin, c.of_version
)
select m.vin, m.version, m.wave, m.attempt, m.correlation_id, greatest(m.expires_at, u.expires_at) as expires_at,
  m.withdraws, m.withdrawal, m.rollback, g.is_refused
from again g
join manifest m on m.vin = g.vin and m.version = g.version
left join carried_until u on u.vin = m.vin and u.of_version = m.version
left join assignment a on a.campaign = m.campaign and a.vin = m.vin
left join rollback b on b.rollback = m.rollback
where m.campaign = :campaign and m.state = 'ISSUED' and greatest(m.expires_at, u.expires_at) > :now
  and case :which
    when 'WITHDRAWING' then m.withdrawal is not null
    when 'INSTALLING' then m.withdrawal is null and m.rollback is null and a.withdrawal is null
      and a.manifest_version = m.version and a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT')
    else m.rollback is not null and (b.act is not null or :which = 'ROLLING_BACK_BY_PLAN')
      and a.state = 'ROLLBACK_ISSUED' end;

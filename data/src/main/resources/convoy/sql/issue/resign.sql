-- Gives each of these vehicles the same once more, under the next version, in shards of their own. It holds at least as
-- long as the one whose place it takes, and as what it carries. Grain: one row per manifest.
insert into manifest (vin, version, campaign, wave, attempt, shard, correlation_id, issued_at, expires_at, state, withdraws,
  withdrawal, rollback)
with
packed as (
  select t.*, b.expires_at as carried_until,
    (row_number() over (partition by t.wave, t.withdrawal, t.rollback, b.vin is not null order by t.vin) - 1) // :per_shard
      as part
  from to_resign t
  left join (select vin, max(expires_at) as expires_at from carry group by vin) b on b.vin = t.vin
)
select
  p.vin,
  v.version + 1,
  :campaign,
  p.wave,
  p.attempt,
  -- A shard has manifests of one withdrawal or one rollback only, or of none; and those that carry others stand apart.
  s.shard + dense_rank() over (partition by p.wave order by p.withdrawal, p.rollback, p.carried_until is not null, p.part),
  p.correlation_id,
  :now,
  greatest(:expires, p.expires_at, p.carried_until),
  'PREPARED',
  p.withdraws,
  p.withdrawal,
  p.rollback
from packed p
join last_version v on v.vin = p.vin
join last_shard s on s.campaign = :campaign and s.wave = p.wave;

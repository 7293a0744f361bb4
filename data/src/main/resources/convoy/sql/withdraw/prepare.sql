-- Gives each vehicle whose manifest is taken back another with the next version, in shards of their own. It names nothing of
-- the campaign, and holds at least as long as what it takes back or carries. Grain: one row per manifest.
insert into manifest
with
packed as (
  select t.vin, t.wave, t.attempt, t.version, t.expires_at, b.expires_at as carried_until,
    (row_number() over (partition by t.wave, b.vin is not null order by t.vin) - 1) // :per_shard as part
  from meant_vehicle t
  left join (select vin, max(expires_at) as expires_at from carry group by vin) b on b.vin = t.vin
  where t.outcome = 'WITHDRAWN'
)
select
  t.vin,
  v.version + 1,
  :campaign,
  t.wave,
  t.attempt,
  s.shard + dense_rank() over (partition by t.wave order by t.carried_until is not null, t.part),
  md5(:campaign || ':' || t.vin || ':' || t.attempt || ':withdrawn'),
  :now,
  greatest(:expires, t.expires_at, t.carried_until),
  'PREPARED',
  t.version,
  :withdrawal,
  null
from packed t
join last_version v on v.vin = t.vin
join last_shard s on s.campaign = :campaign and s.wave = t.wave;

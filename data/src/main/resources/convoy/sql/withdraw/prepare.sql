-- Gives each vehicle whose manifest is taken back an empty one with the next version, in shards of their own. It holds at
-- least as long as the one that it takes back. Grain: one row per manifest.
insert into manifest
select
  t.vin,
  v.version + 1,
  :campaign,
  t.wave,
  t.attempt,
  s.shard + 1 + (row_number() over (partition by t.wave order by t.vin) - 1) // :per_shard,
  md5(:campaign || ':' || t.vin || ':' || t.attempt || ':withdrawn'),
  :now,
  greatest(:expires, t.expires_at),
  'PREPARED',
  t.version,
  :withdrawal,
  null
from meant_vehicle t
join last_version v on v.vin = t.vin
join last_shard s on s.campaign = :campaign and s.wave = t.wave
where t.outcome = 'WITHDRAWN';

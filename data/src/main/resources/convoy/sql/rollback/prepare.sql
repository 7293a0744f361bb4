-- Gives each vehicle that can go back its manifest's version and shard. It holds at least as long as what it takes the
-- place of. Manifests that carry others stand in shards of their own. Grain: one row per manifest.
insert into manifest
with
former as (
  select m.vin, max(m.expires_at) as expires_at
  from manifest m
  join back_ready r on r.vin = m.vin
  group by m.vin
),
packed as (
  select b.vin, b.wave, b.attempt, b.tries, f.expires_at, c.vin is not null as carries,
    (row_number() over (partition by b.wave, c.vin is not null order by b.vin) - 1) // :per_shard as part
  from back_vehicle b
  join former f on f.vin = b.vin
  left join (select distinct vin from carry) c on c.vin = b.vin
  where coalesce(b.rollback, cast(:plan as bigint)) = :rollback
)
select
  b.vin,
  v.version + 1,
  :campaign,
  b.wave,
  b.attempt + b.tries + 1,
  s.shard + dense_rank() over (partition by b.wave order by b.carries, b.part),
  md5(:campaign || ':' || b.vin || ':' || (b.attempt + b.tries + 1) || ':back'),
  :now,
  greatest(:expires, b.expires_at),
  'PREPARED',
  null,
  null,
  :rollback
from packed b
join last_version v on v.vin = b.vin
join last_shard s on s.campaign = :campaign and s.wave = b.wave;

-- Gives each vehicle that can go back its manifest's version and shard. listed: the releases that the image repository
-- lists, 'module counter' each; a vehicle waits while one of its own is not among them. It holds at least as long as
-- what it takes the place of. Grain: one row per manifest.
insert into manifest
with
ready as (
  select vin
  from back_part
  group by vin
  having bool_and(problem is null and release_counter is not null
    and list_contains(cast(cast(:listed as json) as varchar[]), module || ' ' || release_counter))
),
former as (
  select m.vin, max(m.expires_at) as expires_at
  from manifest m
  join ready r on r.vin = m.vin
  group by m.vin
)
select
  b.vin,
  v.version + 1,
  :campaign,
  b.wave,
  b.attempt + b.tries + 1,
  s.shard + 1 + (row_number() over (partition by b.wave order by b.vin) - 1) // :per_shard,
  md5(:campaign || ':' || b.vin || ':' || (b.attempt + b.tries + 1) || ':back'),
  :now,
  greatest(:expires, f.expires_at),
  'PREPARED',
  null,
  null,
  :rollback
from back_vehicle b
join former f on f.vin = b.vin
join last_version v on v.vin = b.vin
join last_shard s on s.campaign = :campaign and s.wave = b.wave
where coalesce(b.rollback, cast(:plan as bigint)) = :rollback;

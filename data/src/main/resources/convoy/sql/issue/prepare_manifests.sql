-- Gives every assignment of the campaign whose turn has come its manifest's version and shard. What is prepared here
-- is issued exactly so, also after a kill. Whether the update fits is decided here once more, from what is known of the
-- vehicle now (UN R156 7.1.1.7), and not taken from an earlier step's word. Manifests that carry others stand in shards of
-- their own, after the others. Filled in: what a rate leaves of them. Grain: one row per manifest.
insert into manifest
with
fitting as (
  select t.*
  from turn t
  join ({judged}) j on j.vin = t.vin and j.faults = 0
  join vehicle v on v.vin = t.vin
  where v.region not in (select region from closed_region)
  {within_rate}
),
beside as (
  select vin, max(expires_at) as expires_at from carry group by vin
),
packed as (
  select t.vin, t.wave, t.attempt, b.expires_at as carried_until,
    (row_number() over (partition by t.wave, b.vin is not null order by t.vin) - 1) // :per_shard as part
  from fitting t
  left join beside b on b.vin = t.vin
),
alone as (
  select wave, max(part) + 1 as shards from packed where carried_until is null group by wave
)
select
  t.vin,
  coalesce(v.version, 0) + 1,
  :campaign,
  t.wave,
  t.attempt,
  coalesce(s.shard, -1) + 1 + t.part + case when t.carried_until is null then 0 else coalesce(n.shards, 0) end,
  md5(:campaign || ':' || t.vin || ':' || t.attempt),
  :now,
  -- Not before an owner who is asked up to a time has had it, and the vehicle its time to install; nor before what it
  -- carries.
  greatest(
    (select greatest(:expires, coalesce(forced_from + to_seconds(silent_after_seconds), :expires))
      from campaign where campaign = :campaign),
    t.carried_until),
  'PREPARED',
  null,
  null,
  null
from packed t
left join alone n on n.wave = t.wave
left join last_version v on v.vin = t.vin
left join last_shard s on s.campaign = :campaign and s.wave = t.wave;

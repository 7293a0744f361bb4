-- Puts the candidates into waves: each wave takes its number of each kind, the first ones by the kind's order.
-- Grain: one row per campaign and vehicle. In the order of waves and VINs, as shards are: recording that a shard is issued
-- then changes one or two row groups, and not some rows of each; and one vehicle is found fast.
-- spread: for each wave, in order, its vehicles of each kind, as a JSON array of arrays.
insert into assignment (campaign, vin, wave, state, attempt, state_at)
with
taken as (
  select unnest(spread) as kinds, generate_subscripts(spread, 1) as wave
  from (select cast(cast(:spread as json) as bigint[][]) as spread)
),
size as (
  select wave, unnest(kinds) as vehicles, generate_subscripts(kinds, 1) as kind from taken
),
bound as (
  select wave, kind, sum(vehicles) over (partition by kind order by wave) - vehicles as after_place,
    sum(vehicles) over (partition by kind order by wave) as to_place
  from size
)
select :campaign, c.vin, b.wave, 'PLANNED', 0, :now
from candidate c
join bound b on b.kind = c.kind and c.place > b.after_place and c.place <= b.to_place
order by b.wave, c.vin;

-- Spreads the eligible vehicles over the waves in the order of a hash of campaign and VIN: the same input gives the
-- same plan, and no model or plant is served first. Grain: one row per campaign and vehicle.
-- sizes: the vehicles of each wave, in order, as a JSON array.
insert into assignment (campaign, vin, wave, state, attempt, state_at)
with
ordered as (
  select vin, row_number() over (order by md5(:campaign || ':' || vin), vin) as place
  from eligible
  where campaign = :campaign
),
size as (
  select unnest(sizes) as vehicles, generate_subscripts(sizes, 1) as wave
  from (select cast(cast(:sizes as json) as bigint[]) as sizes)
),
bound as (
  select wave, sum(vehicles) over (order by wave) - vehicles as after_place, sum(vehicles) over (order by wave) as to_place
  from size
)
select :campaign, o.vin, b.wave, 'PLANNED', 0, :now
from ordered o
join bound b on o.place > b.after_place and o.place <= b.to_place;

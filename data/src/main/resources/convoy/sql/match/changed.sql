-- The vehicles whose verdicts may be others than at the last matching: something changed, or they became stale, or
-- were heard of again. What merely confirms is not noted anywhere when it comes in, so vehicles that seem stale are
-- looked up. Grain: one row per vehicle.
create or replace temp table changed_vehicle as
with
quiet as (
  select vin, heard_at
  from vehicle_profile
  where heard_at < greatest(:stale_before, :last_stale_before)
),
heard as (
  select vin, max(heard_at) as heard_at
  from (
    select v.vin, v.observed_at as heard_at from vehicle v semi join quiet q on q.vin = v.vin
    union all
    select e.vin, e.observed_at from ecu e semi join quiet q on q.vin = e.vin
    union all
    select s.vin, s.event_at from status_event s semi join quiet q on q.vin = s.vin
  )
  group by vin
)
select vin from touched_vehicle where vin in (select vin from vehicle)
union
select q.vin
from quiet q
join heard h on h.vin = q.vin
where h.heard_at > q.heard_at or (q.heard_at < :stale_before) <> (q.heard_at < :last_stale_before);

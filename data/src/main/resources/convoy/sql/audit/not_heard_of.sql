-- Exports and reports both count, also a report without a version. Grain: one row per vehicle of which nothing is known
-- that was true later than audit.silent-after before now.
with
quiet as (
  select vin, observed_at
  from vehicle
  where observed_at < :silent_before
    and not exists (select 1 from ecu e where e.vin = vehicle.vin and e.observed_at >= :silent_before)
    and not exists (select 1 from status_event s where s.vin = vehicle.vin and s.event_at >= :silent_before)
),
heard as (
  select vin, observed_at as heard_at from quiet
  union all
  select e.vin, e.observed_at from ecu e join quiet q on q.vin = e.vin
  union all
  select s.vin, s.event_at from status_event s join quiet q on q.vin = s.vin
)
select vin, null::varchar as module, 'last heard of at ' || strftime(max(heard_at), '%Y-%m-%dT%H:%M:%SZ') as found,
  'an export or a report since ' || strftime(:silent_before, '%Y-%m-%dT%H:%M:%SZ') as expected
from heard
group by vin;

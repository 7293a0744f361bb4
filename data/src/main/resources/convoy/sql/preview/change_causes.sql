-- Grain: one row per direction and reason.
with
coded as (
  select unnest({reasons}, recursive := true)
),
caused as (
  select c.direction, r.code as reason, c.vin from change c join coded r on c.faults & r.bit <> 0
  union all
  select direction, 'NOT_IN_FLEET', vin from change where faults is null
)
select direction, reason, count(*) as vehicles, array_to_string(list_sort(min(vin, 5)), ' ') as vins
from caused
group by direction, reason
order by direction, vehicles desc, reason;

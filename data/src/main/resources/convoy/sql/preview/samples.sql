-- Some VINs for each reason. held_vehicle: what holds eligible vehicles back.
-- Grain: one row per verdict and reason.
with
alike as (
  select faults, min(vin, 5) as vins from outcome where faults <> 0 group by faults
),
coded as (
  select unnest({reasons}, recursive := true)
),
sampled as (
  select case when a.faults & {EXCLUDES} <> 0 then 'INELIGIBLE' else 'UNKNOWN' end as verdict, r.code as reason,
    unnest(a.vins) as vin
  from alike a
  join coded r on a.faults & r.bit <> 0
  union all
  select 'ELIGIBLE', reason, vin from held_vehicle where campaign = :campaign
)
select verdict, reason, array_to_string(list_sort(min(vin, 5)), ' ') as vins
from sampled
group by verdict, reason;

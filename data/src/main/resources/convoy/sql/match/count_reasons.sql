-- Grain: one row per campaign, verdict and reason, with the number of vehicles; the rows with reason '' count every
-- vehicle once.
insert into eligibility_count
with
counted as (
  select campaign, faults, vehicles,
    case when faults & {EXCLUDES} <> 0 then 'INELIGIBLE' when faults <> 0 then 'UNKNOWN' else 'ELIGIBLE' end as verdict
  from fault_count
  where campaign in (select campaign from judged_campaign)
),
coded as (
  select unnest({reasons}, recursive := true)
)
select campaign, verdict, '', sum(vehicles), :now
from counted
group by campaign, verdict
union all
select c.campaign, c.verdict, r.code, sum(c.vehicles), :now
from counted c
join coded r on c.faults & r.bit <> 0
group by c.campaign, c.verdict, r.code
union all
select campaign, 'ELIGIBLE', reason, count(*), :now
from held_vehicle
group by campaign, reason;

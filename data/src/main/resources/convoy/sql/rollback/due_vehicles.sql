-- Vehicles of the campaign that are to go back, but for those whose rollback was refused. Filled in: those of all campaigns.
-- by_plan: whether those too that no person asked for. tries: how often it was told to go back before. outcomes: that it
-- has told; null while some wait to be reconciled. Grain: one row per vehicle.
create or replace temp table back_vehicle as
with
due as (
  select vin, wave, attempt, state, rollback
  from (
    {back_due}
  )
  where campaign = :campaign and (rollback is not null or :by_plan)
    and vin not in (select vin from refused_rollback where campaign = :campaign and not told)
),
tried as (
  select vin, count(distinct attempt) as tries
  from manifest
  where campaign = :campaign and rollback is not null and state = 'ISSUED' and vin in (select vin from due)
  group by vin
),
told as (
  select vin, count(*) as outcomes
  from status_event
  where campaign = :campaign and is_outcome(state) and vin in (select vin from due)
  group by vin
)
select d.vin, d.wave, d.attempt, d.state, d.rollback, coalesce(t.tries, 0) as tries,
  case when q.vin is null then coalesce(o.outcomes, 0) end as outcomes
from due d
left join tried t on t.vin = d.vin
left join told o on o.vin = d.vin
left join (select distinct vin from fold_queue where campaign = :campaign) q on q.vin = d.vin;

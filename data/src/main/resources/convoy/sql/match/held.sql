-- Eligible vehicles that get nothing for the time being. closed_region: where a campaign's window is not open now. Filled
-- in: which campaigns touch. modules: over which ones the campaign and its holder do.
-- Grain: one row per campaign, vehicle and reason.
create or replace temp table held_vehicle as
with
touching as (
  {touching}
),
open_manifest as (
  select distinct a.campaign, a.vin
  from assignment a
  where holds_ecus(a.state)
    or a.vin in (select vin from manifest where state = 'PREPARED' and withdrawal is null and campaign = a.campaign)
),
busy as (
  select e.campaign, e.vin, o.campaign as holder
  from eligible e
  join open_manifest o on o.vin = e.vin
  join touching t on t.campaign = e.campaign and t.other = o.campaign
  union all
  select e.campaign, e.vin, a.waiting_for
  from eligible e
  join assignment a on a.campaign = e.campaign and a.vin = e.vin and a.waiting_for is not null
)
select b.campaign, b.vin, 'BUSY_WITH_OTHER_CAMPAIGN' as reason, b.holder, t.modules
from (
  select campaign, vin, min(holder) as holder
  from busy
  where campaign in (select campaign from judged_campaign)
  group by campaign, vin
) b
left join touching t on t.campaign = b.campaign and t.other = b.holder
union all
select e.campaign, e.vin, 'OUTSIDE_WINDOW', null, null
from eligible e
join vehicle v on v.vin = e.vin
join closed_region r on r.campaign = e.campaign and r.region = v.region;

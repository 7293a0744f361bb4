-- The other open campaigns that claim vehicles of the previewed one: those of their assignments that are not over, or
-- all that are eligible where nothing is planned yet. Grain: one row per campaign, in the order in which campaigns go
-- first. modules: over which ones the two touch; null: none, so neither waits for the other. Filled in: which campaigns
-- touch.
with
touching as (
  {touching}
),
place_of as (
  select campaign, state, row_number() over (order by {first}) as place
  from campaign c
  where state in ('SUBMITTED', 'APPROVED', 'RUNNING', 'PAUSED')
),
claim as (
  select a.campaign, a.vin, a.waiting_for,
    holds_ecus(a.state)
      or a.vin in (
        select m.vin from manifest m
        where m.campaign = a.campaign and m.state = 'PREPARED' and m.withdrawal is null
      ) as is_open
  from assignment a
  union all
  select e.campaign, e.vin, null, false
  from eligible e
  where e.campaign not in (select campaign from wave)
),
mine as (
  from claim where campaign = :campaign
)
select o.campaign, o.state, o.place < me.place as goes_first, any_value(x.modules) as modules, count(*) as vehicles,
  count(*) filter (t.is_open) as open_manifests,
  count(*) filter (m.waiting_for = t.campaign) as wait_for_it,
  count(*) filter (t.waiting_for = :campaign) as wait_for_this
from claim t
join mine m on m.vin = t.vin
join place_of o on o.campaign = t.campaign
join place_of me on me.campaign = :campaign
left join touching x on x.campaign = :campaign and x.other = o.campaign
where t.campaign <> :campaign
group by o.campaign, o.state, o.place, me.place
order by o.place;

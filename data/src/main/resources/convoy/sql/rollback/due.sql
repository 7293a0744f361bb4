-- Vehicles that are to go back by now, and for which no campaign has a manifest prepared that takes them back: because a
-- person asked for it, or by the campaign's definition. Grain: one row per campaign.
select a.campaign, count(*) filter (a.rollback is not null) as by_person, count(*) filter (a.rollback is null) as by_plan
from assignment a
where is_back_due(a.state, a.due_at, :now)
  and not exists (
    select 1 from manifest m
    where m.vin = a.vin and m.rollback is not null and m.state = 'PREPARED')
group by a.campaign
order by a.campaign;

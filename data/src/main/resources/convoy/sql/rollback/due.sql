-- Vehicles that are to go back by now and have no prepared manifest for it: because a person asked for it, or by the
-- campaign's definition. Grain: one row per campaign.
select a.campaign, count(*) filter (a.rollback is not null) as by_person, count(*) filter (a.rollback is null) as by_plan
from assignment a
where is_back_due(a.state, a.due_at, :now)
  and not exists (
    select 1 from manifest m
    where m.campaign = a.campaign and m.vin = a.vin and m.rollback is not null and m.state = 'PREPARED')
group by a.campaign
order by a.campaign;

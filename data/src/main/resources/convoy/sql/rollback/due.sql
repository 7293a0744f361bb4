-- Vehicles that are to go back and have no manifest for it yet: because a person asked for it, or by the campaign's
-- definition. Grain: one row per campaign.
select a.campaign, count(*) filter (a.rollback is not null) as by_person, count(*) filter (a.rollback is null) as by_plan
from assignment a
where a.state = 'ROLLBACK_DUE'
  and not exists (
    select 1 from manifest m where m.campaign = a.campaign and m.vin = a.vin and m.rollback is not null)
group by a.campaign
order by a.campaign;

-- Vehicles that are to go back: because a person asked for it, or by the campaign's definition. Filled in: those of all
-- campaigns. Grain: one row per campaign.
select campaign, count(*) filter (rollback is not null) as by_person, count(*) filter (rollback is null) as by_plan
from (
  {back_due}
)
group by campaign
order by campaign;

-- The campaigns that were not matched before, or whose rules judge a kind of vehicle or ECU otherwise than they did at
-- the last matching. Grain: one row per campaign.
with
asked as (
  select campaign, max(item) as items from judged_ecu_fault group by campaign
),
asked_before as (
  select campaign, max(item) as items from ecu_fault group by campaign
)
select a.campaign
from asked a
left join asked_before b on b.campaign = a.campaign
where b.items is distinct from a.items
union
select campaign
from (
  select campaign, item, kind, faults from ecu_fault where campaign in (from judged_campaign)
  except
  select campaign, item, kind, faults from judged_ecu_fault
)
union
select campaign
from (
  select campaign, kind, faults from vehicle_fault where campaign in (from judged_campaign)
  except
  select campaign, kind, faults from judged_vehicle_fault
);

-- Grain: one row per campaign, in the order in which campaigns go first.
select *
from campaign
order by case urgency when 'IMMEDIATE' then 0 else 1 end, priority desc, created_at, campaign;

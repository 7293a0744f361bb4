-- Grain: one row per campaign that may still issue manifests, in the order in which campaigns go first.
select campaign
from campaign
where state in ('SUBMITTED', 'APPROVED', 'RUNNING', 'PAUSED')
order by case urgency when 'IMMEDIATE' then 0 else 1 end, priority desc, created_at, campaign;

-- Grain: one row per campaign that may still issue manifests, in the order in which campaigns go first.
select campaign
from campaign c
where state in ('SUBMITTED', 'APPROVED', 'RUNNING', 'PAUSED')
order by {first};

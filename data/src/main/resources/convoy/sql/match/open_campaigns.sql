-- Grain: one row per campaign that may still issue manifests, in the order in which campaigns go first.
select campaign
from campaign c
where state in ('DRAFT', 'SUBMITTED', 'APPROVED', 'RUNNING', 'PAUSED')
order by {first};

-- Grain: one row per open campaign beside the previewed one whose waves are not planned yet.
select campaign
from campaign c
where state in ('SUBMITTED', 'APPROVED') and campaign <> :campaign
order by {first};

-- Grain: one row per campaign, in the order in which campaigns go first.
select *
from campaign c
order by {first};

-- Vehicles that changed no longer count as they did, and count as they do now. Grain: one row per campaign and set of
-- reasons.
create or replace temp table new_count as
select campaign, faults, sum(vehicles)::bigint as vehicles
from (from fault_count union all from judged_count)
where campaign in (select campaign from judged_campaign)
group by campaign, faults
having sum(vehicles) <> 0;

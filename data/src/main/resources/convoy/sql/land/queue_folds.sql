-- Grain: one row per assignment; those already waiting to be folded are not added again.
insert into fold_queue
select distinct campaign, vin
from landing_event l
where not exists (select 1 from fold_queue q where q.campaign = l.campaign and q.vin = l.vin);

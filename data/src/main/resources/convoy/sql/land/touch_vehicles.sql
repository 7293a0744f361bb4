-- Grain: one row per vehicle of the file that the next matching has to look at: it is new, other than before, or back.
insert into touched_vehicle
select vin
from landing_vehicle
where change in ('NEW', 'CHANGED') or vin in (select vin from vehicle where retired_at is not null);

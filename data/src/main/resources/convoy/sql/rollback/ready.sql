-- The vehicles that can go back now. listed: the releases that the image repository lists, 'module counter' each; a vehicle
-- waits while one of its own is not among them. Grain: one row per vehicle.
create or replace temp table back_ready as
select vin
from back_part
group by vin
having bool_and(problem is null and release_counter is not null
  and list_contains(cast(cast(:listed as json) as varchar[]), module || ' ' || release_counter));

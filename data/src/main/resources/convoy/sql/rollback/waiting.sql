-- Vehicles that wait for the image repository. Grain: one row per module and release that it does not list.
select p.module || ' ' || p.release_counter as release, min(p.update_name || ' ' || p.update_version) as update_ref,
  count(distinct p.vin) as vehicles
from back_part p
where p.problem is null and p.release_counter is not null
  and not list_contains(cast(cast(:listed as json) as varchar[]), p.module || ' ' || p.release_counter)
group by all
order by release;

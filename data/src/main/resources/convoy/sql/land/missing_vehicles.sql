-- The vehicles of a plant that its full export does not name, as of the export's time. Grain: one row per vehicle.
insert into missing_vehicle
with
export as (select max(observed_at) as as_of from file_vehicle)
select :file, v.vin, x.as_of, v.observed_at, v.source_file
from vehicle v
cross join export x
where v.plant is not distinct from :plant
  and v.retired_at is null
  and v.vin not in (select vin from file_vehicle)
  and v.observed_at < x.as_of;

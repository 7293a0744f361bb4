-- The vehicles of a plant that its full export does not name, as of the export's time. A vehicle whose row was rejected
-- is named all the same: its VIN stands in the row's text. Grain: one row per vehicle.
insert into missing_vehicle
with
export as (select max(observed_at) as as_of from file_vehicle),
named as (
  select vin from file_vehicle
  union all
  select unnest(regexp_extract_all(upper(raw), '[A-HJ-NPR-Z0-9]{17}')) from staged_rejection where sha256 = :sha256
)
select :file, v.vin, x.as_of, v.observed_at, v.source_file
from vehicle v
cross join export x
where v.plant is not distinct from :plant
  and v.retired_at is null
  and v.vin not in (select vin from named)
  and v.observed_at < x.as_of;

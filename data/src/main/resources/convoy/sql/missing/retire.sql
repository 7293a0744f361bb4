-- The vehicles that an export did not name go out of use as of that export; a newer word of one brings it back.
-- Grain: one row per vehicle.
update vehicle v
set retired_at = m.missing_as_of
from missing_vehicle m
where m.file_id = :file and v.vin = m.vin and v.observed_at < m.missing_as_of and v.retired_at is null;

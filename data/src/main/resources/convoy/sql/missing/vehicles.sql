-- The vehicles that an export did not name and that are still missing. Grain: one row per vehicle.
select m.vin, v.model, v.plant, m.last_seen_at
from missing_vehicle m
join vehicle v on v.vin = m.vin
where m.file_id = :file and v.observed_at < m.missing_as_of and v.retired_at is null
order by m.vin;

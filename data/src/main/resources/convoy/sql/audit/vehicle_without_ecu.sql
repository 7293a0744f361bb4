-- Grain: one row per vehicle of which no ECU is known.
select vin, null::varchar as module, 'no ECU' as found, 'at least one ECU' as expected
from vehicle
where not exists (select 1 from ecu e where e.vin = vehicle.vin);

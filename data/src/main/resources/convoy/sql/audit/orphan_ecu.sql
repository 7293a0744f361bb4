-- Grain: one row per ECU whose vehicle the fleet does not know.
select vin, module, vin as found, 'the VIN of a vehicle in the fleet' as expected
from ecu
where not exists (select 1 from vehicle v where v.vin = ecu.vin);

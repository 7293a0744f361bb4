-- The ECUs of the vehicles that were asked for, and those of other vehicles with such a serial. Grain: one row per ECU.
select vin, module, serial, certificate
from ecu
where vin in (select word from asked where kind = 'VIN') or serial in (select word from asked where kind = 'SERIAL')
order by vin, module;

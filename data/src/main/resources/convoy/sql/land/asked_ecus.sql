-- The ECUs of the vehicles that were asked for. Grain: one row per ECU.
select vin, module, serial, certificate
from ecu
where vin in (select word from asked where kind = 'VIN')
order by vin, module;

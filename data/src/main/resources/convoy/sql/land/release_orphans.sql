-- Of the ECUs that waited for a vehicle which is known now, the oldest of each. Grain: one row per ECU.
create or replace temp table released_ecu as
select *
from waiting_ecu
where vin in (select vin from landing_vehicle where change = 'NEW')
qualify row_number() over (partition by vin, module order by observed_at, file_id) = 1;

-- ECUs of vehicles that neither the file nor the fleet knows: added to staged_rejection. Grain: one row per staged row.
insert into staged_rejection
with
known as (
  select vin from vehicle
  union all
  select vin from file_vehicle
),
orphan as (select distinct vin from file_ecu where vin not in (select vin from known))
select :sha256, :ecu_without_vehicle_severity, row_no, sheet, line, '', 'vin', 'ECU_WITHOUT_VEHICLE', vin,
  :ecu_without_vehicle
from file_ecu
where vin in (select vin from orphan);

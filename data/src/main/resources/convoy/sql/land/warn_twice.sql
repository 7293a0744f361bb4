-- Numbers that should be one thing's alone and are not, once the file has landed: added to staged_rejection as
-- warnings, for what the file made or changed. Grain: one row per staged row and number.
insert into staged_rejection
with
new_ecu as (select * from landing_ecu where change in ('NEW', 'CHANGED') and file_id = :file),
new_vehicle as (select * from landing_vehicle where change in ('NEW', 'CHANGED')),
twice as (
  select n.row_no, n.sheet, n.line, 'serial' as column_name, 'SERIAL_TWICE' as rule, n.module || ' ' || n.serial as found,
    replace(:serial_twice, '{vin}', min(e.vin)) as expected
  from new_ecu n
  join ecu e on e.module = n.module and e.serial = n.serial and e.vin <> n.vin
  group by all
  union all
  select n.row_no, n.sheet, n.line, 'engine_number', 'ENGINE_NUMBER_TWICE', n.engine_number,
    replace(:engine_number_twice, '{vin}', min(v.vin))
  from new_vehicle n
  join vehicle v on v.engine_number = n.engine_number and v.vin <> n.vin
  group by all
  union all
  select n.row_no, n.sheet, n.line, 'chassis_number', 'CHASSIS_NUMBER_TWICE', n.chassis_number,
    replace(:chassis_number_twice, '{vin}', min(v.vin))
  from new_vehicle n
  join vehicle v on v.chassis_number = n.chassis_number and v.vin <> n.vin
  group by all
  union all
  select row_no, sheet, line, 'exported_at', 'SAME_TIME_DIFFERS', vin || ' ' || module || ' at ' || observed_at,
    :same_time_differs
  from landing_ecu
  where is_tie and file_id = :file
)
select :sha256, 'WARN', row_no, sheet, line, '', column_name, rule, found, expected
from twice
where list_contains(cast(cast(:rules as json) as varchar[]), rule);

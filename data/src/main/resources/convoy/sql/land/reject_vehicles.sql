-- Vehicles that stand twice in the file, or differently on two rows of a flat table: added to staged_rejection.
-- Grain: one row per staged row and fault.
insert into staged_rejection
with
-- Aggregates first: windows over all rows would cost more than the rest of the landing.
twice as (
  select vin, min(row_no) as first_row, arg_min(line, row_no) as first_line
  from file_vehicle
  where kind = 'VEHICLES'
  group by vin
  having count(*) > 1
),
flat_says as (
  select distinct vin, model, model_year, powertrain, region, engine_number, chassis_number, manufactured_on, plant
  from file_vehicle
  where kind = 'FLAT'
),
differing as (select vin from flat_says group by vin having count(*) > 1),
said as (
  select v.*,
    {'model': model, 'year': model_year, 'powertrain': powertrain, 'region': region, 'engine': engine_number,
      'chassis': chassis_number, 'built': manufactured_on, 'plant': plant} as says
  from file_vehicle v
  where kind = 'FLAT' and vin in (select vin from differing)
),
first_said as (select * from said qualify row_number() over (partition by vin order by row_no) = 1),
fault as (
  select v.row_no, v.sheet, v.line, 'vin' as column_name, 'DUPLICATE' as rule, v.vin as found,
    replace(:duplicate, '{line}', t.first_line::varchar) as expected, :duplicate_severity as severity
  from twice t
  join file_vehicle v on v.vin = t.vin and v.kind = 'VEHICLES' and v.row_no > t.first_row
  union all
  select s.row_no, s.sheet, s.line, '', 'VEHICLE_DIFFERS', s.says::varchar,
    replace(replace(:vehicle_differs, '{line}', f.line::varchar), '{values}', f.says::varchar), :vehicle_differs_severity
  from said s
  join first_said f on f.vin = s.vin
  where s.says is distinct from f.says
    and s.row_no not in (select row_no from staged_rejection where sha256 = :sha256)
)
select :sha256, severity, row_no, sheet, line, '', column_name, rule, found, expected
from fault
where severity <> 'OFF';

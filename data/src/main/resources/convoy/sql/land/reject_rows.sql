-- Faults that only show beside other rows: added to staged_rejection.
-- Grain: one row per staged row and fault.
insert into staged_rejection
with
file_row as (select * from staged_row where sha256 = :sha256),
known_vehicle as (
  select vin from vehicle
  union
  select vin from file_row where model is not null
),
-- VEHICLES rows have no module, so they form their own groups.
numbered as (
  select
    *,
    row_number() over same_thing as nth,
    first_value(line) over same_thing as first_line,
    first_value({'model': model, 'year': model_year, 'powertrain': powertrain, 'region': region,
      'engine': engine_number, 'chassis': chassis_number, 'built': manufactured_on}) over same_vehicle as first_says,
    {'model': model, 'year': model_year, 'powertrain': powertrain, 'region': region,
      'engine': engine_number, 'chassis': chassis_number, 'built': manufactured_on} as says,
    first_value(line) over same_vehicle as first_vehicle_line
  from file_row
  window
    same_thing as (partition by vin, module order by row_no),
    same_vehicle as (partition by vin, kind order by row_no)
),
fault as (
  select row_no, sheet, line, raw, 'vin' as column_name, 'DUPLICATE' as rule,
    case when module is null then vin else vin || ' ' || module end as found,
    'once in a file; it stands first on line ' || first_line as expected
  from numbered
  where nth > 1
  union all
  select row_no, sheet, line, raw, 'vin', 'ECU_WITHOUT_VEHICLE', vin,
    'the VIN of a vehicle in this file or in the fleet'
  from file_row
  where model is null and vin not in (select vin from known_vehicle)
  union all
  select row_no, sheet, line, raw, '', 'VEHICLE_DIFFERS', says::varchar,
    'the same vehicle columns as on line ' || first_vehicle_line || ': ' || first_says::varchar
  from numbered
  where kind = 'FLAT' and nth = 1 and says is distinct from first_says
)
select :sha256, row_no, sheet, line, raw, column_name, rule, found, expected from fault;

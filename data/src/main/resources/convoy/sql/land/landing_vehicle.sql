-- Grain: one row per vehicle that the file speaks of, as on the first good row that does.
create or replace temp table landing_vehicle as
with
good as (
  select *
  from file_vehicle
  where row_no not in (from rejected_row)
),
first_row as (select min(row_no) as row_no from good group by vin),
spoken as (select * from good where row_no in (select row_no from first_row))
select
  s.*,
  case
    when v.vin is null then 'NEW'
    when s.observed_at < v.observed_at or (s.observed_at = v.observed_at and :file <= v.source_file) then 'OLDER'
    when s.model <> v.model or s.model_year <> v.model_year or s.powertrain <> v.powertrain or s.region <> v.region
      or s.manufactured_on <> v.manufactured_on
      or (s.engine_number, s.chassis_number, s.plant) is distinct from (v.engine_number, v.chassis_number, v.plant)
      then 'CHANGED'
    else 'CONFIRMED'
  end as change
from spoken s
left join vehicle v on v.vin = s.vin;

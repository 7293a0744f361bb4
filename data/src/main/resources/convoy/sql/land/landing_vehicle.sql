-- Grain: one row per vehicle that the file speaks of, with what landing it would change.
create or replace temp table landing_vehicle as
with
good as (
  select s.*
  from staged_row s
  where s.sha256 = :sha256
    and s.model is not null
    and s.row_no not in (select row_no from staged_rejection where sha256 = :sha256)
),
spoken as (
  select * from good qualify row_number() over (partition by vin order by row_no) = 1
)
select
  s.*,
  case
    when v.vin is null then 'NEW'
    when (s.observed_at, s.sha256) <= (v.observed_at, v.source_sha256) then 'OLDER'
    when (s.model, s.model_year, s.powertrain, s.region, s.engine_number, s.chassis_number, s.manufactured_on)
      is distinct from
      (v.model, v.model_year, v.powertrain, v.region, v.engine_number, v.chassis_number, v.manufactured_on)
      then 'CHANGED'
    else 'CONFIRMED'
  end as change
from spoken s
left join vehicle v on v.vin = s.vin;

-- Grain: one row per ECU that the file speaks of, with what landing it would change.
create or replace temp table landing_ecu as
with
good as (
  select s.*
  from staged_row s
  where s.sha256 = :sha256
    and s.module is not null
    and s.row_no not in (select row_no from staged_rejection where sha256 = :sha256)
)
select
  s.*,
  case
    when e.vin is null then 'NEW'
    when (s.observed_at, s.sha256) <= (e.observed_at, e.source_sha256) then 'OLDER'
    when (s.serial, s.hardware_part, s.hardware_version, s.software_version, s.calibration, s.protocol)
      is distinct from
      (e.serial, e.hardware_part, e.hardware_version, e.software_version, e.calibration, e.protocol)
      then 'CHANGED'
    else 'CONFIRMED'
  end as change
from good s
left join ecu e on e.vin = s.vin and e.module = s.module;

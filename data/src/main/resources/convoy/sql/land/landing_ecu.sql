-- Grain: one row per incoming ECU that says something new: an ECU or facts that the fleet does not have, or facts of an
-- earlier time that differ. What only confirms what is known is not here.
create or replace temp table landing_ecu as
select *
from (
  select
    s.*,
    case
      when e.vin is null then 'NEW'
      when s.observed_at < e.observed_at or (s.observed_at = e.observed_at and s.file_id <= e.source_file) then 'OLDER'
      else 'CHANGED'
    end as change,
    coalesce(s.observed_at = e.observed_at, false) as is_tie
  from incoming_ecu s
  left join ecu e on e.vin = s.vin and e.module = s.module
  where e.vin is null
    or s.serial <> e.serial or s.hardware_part <> e.hardware_part or s.hardware_version <> e.hardware_version
    or s.software_version <> e.software_version or s.protocol <> e.protocol
    or s.calibration is distinct from e.calibration
    or s.rxswin is distinct from e.rxswin
    or s.certificate is distinct from e.certificate
);

-- The errors that vehicles of the campaign reported on a manifest that it issued to them, or that their assignment has:
-- some are Convoy's own. A vehicle that got over an error has had it. Grain: one row per error.
with
vehicle_code as (
  select a.vin, a.error_code
  from assignment a
  where a.campaign = :campaign and a.error_code is not null
  union
  select s.vin, s.error_code
  from status_event s
  join manifest_part m on m.vin = s.vin and m.version = s.manifest_version and m.attempt = s.attempt
    and m.campaign = s.campaign and m.state = 'ISSUED'
  where s.campaign = :campaign and s.error_code is not null
)
select error_code, count(*) as vehicles
from vehicle_code
group by error_code
order by error_code;

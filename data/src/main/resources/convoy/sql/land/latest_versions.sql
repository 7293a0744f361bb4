-- What the new version reports say an ECU runs, as of the latest of them. Grain: one row per ECU.
create or replace temp table latest_report as
select vin, module, software_version as version, software_key as version_key, reported_at as observed_at, :file::bigint as file_id,
  line
from landing_report
where software_key is not null
qualify row_number() over (partition by vin, module order by reported_at desc, counter desc) = 1;

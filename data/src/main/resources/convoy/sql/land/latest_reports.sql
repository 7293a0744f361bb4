-- What the new events say an ECU runs, as of the latest of them. Grain: one row per ECU.
create or replace temp table latest_report as
select vin, module, reported_version as version, reported_key as version_key, event_at as observed_at, :file::bigint as file_id, line
from landing_event
where reported_key is not null
qualify row_number() over (partition by vin, module order by event_at desc, event_id desc, row_no desc) = 1;

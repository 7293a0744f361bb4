-- Where the images of the version that an ECU is known to run are registered, and a newer report of it names an image that
-- is not: it does not run that version, but one that nobody here can name. Grain: one row per ECU.
create or replace temp table latest_report as
with
named as (
  select t.module, t.to_key
  from update_target t
  join update_image i
    on i.update_name = t.update_name and i.update_version = t.update_version and i.module = t.module
)
select h.vin, h.module, 'image ' || h.image_sha256 as version, 'image ' || h.image_sha256 as version_key,
  h.reported_at as observed_at,
  coalesce((select any_value(f.file_id) from import_file f where f.sha256 = h.sha256), :file::bigint) as file_id, h.line
from version_report h
join ecu e on e.vin = h.vin and e.module = h.module
where h.vin in (select vin from heard_vehicle) and h.software_key is null and h.reported_at > e.observed_at
  and (e.module, e.software_key) in (select module, to_key from named)
qualify row_number() over (partition by h.vin, h.module order by h.reported_at desc, h.counter desc) = 1;

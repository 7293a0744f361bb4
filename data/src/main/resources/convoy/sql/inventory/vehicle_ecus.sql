-- What vehicles of manifests that install something have been built with, of the modules that such manifests name:
-- each unit since when an export knows of it. Of a range of VINs. Grain: one row per vehicle, module and change of its serial or hardware.
with
facts as (
  select o.vin, o.module, o.serial, o.hardware_part, o.software_version, o.observed_at, o.source_file,
    lag(o.serial || chr(0) || o.hardware_part) over unit as before
  from observation o
  where o.source = 'FACTORY'
    and o.vin >= :from and o.vin < :before
    and o.vin in (select vin from manifest_target where vin >= :from and vin < :before)
    and o.module in (select module from manifest_target)
  window unit as (partition by o.vin, o.module order by o.observed_at, o.source_file, o.source_line)
)
select vin, module, serial, hardware_part, software_version, observed_at
from facts
where before is null or before <> serial || chr(0) || hardware_part
order by vin, module, observed_at, source_file

-- What the fleet runs. Grain: one row per module and software version.
select module as "Module", software_version as "Software version", count(*) as "ECUs",
  count(*) filter (source in ('STATUS', 'VERSION_REPORT')) as "Reported by the vehicle"
from ecu
group by module, software_version, software_key
order by module, software_key;

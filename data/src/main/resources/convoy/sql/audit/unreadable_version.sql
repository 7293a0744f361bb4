-- Eligibility compares keys, so a key that today's settings would not make can be compared wrongly.
-- Grain: one row per ECU whose version the settings read differently from when it came in, or not at all.
select e.vin, e.module, e.software_version as found,
  case when k.key is null then 'a module of the settings, and a version in its scheme'
    else 'a version that came in under the scheme that the settings have now' end as expected
from ecu e
left join audit_version k on k.module = e.module and k.version = e.software_version
where k.key is distinct from e.software_key;

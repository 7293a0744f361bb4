-- What a workshop has to see to. Expected: what the ECU had before the campaign. Grain: one row per vehicle that is
-- SERVICE_REQUIRED, and ECU that its manifests have named.
with
given as (
  select m.campaign, k.vin, k.module, arg_min(k.before_version, m.version) as before_version
  from assignment a
  join manifest m on m.campaign = a.campaign and m.vin = a.vin and m.rollback is null and m.state = 'ISSUED'
  join manifest_target k on k.vin = m.vin and k.version = m.version
  where a.state = 'SERVICE_REQUIRED'
  group by m.campaign, k.vin, k.module
)
select
  a.campaign as "Campaign", a.vin as "VIN", v.model as "Model", v.region as "Region", g.module as "Module",
  e.software_version as "Found version", g.before_version as "Expected version", a.error_code as "Cause",
  a.state_at as "Since", a.reason as "Why"
from assignment a
join given g on g.campaign = a.campaign and g.vin = a.vin
left join vehicle v on v.vin = a.vin
left join ecu e on e.vin = a.vin and e.module = g.module
where a.state = 'SERVICE_REQUIRED'
order by a.campaign, a.vin, g.module;

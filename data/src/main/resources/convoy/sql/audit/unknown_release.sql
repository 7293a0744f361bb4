-- A release is what a registered update installs, or what exports have named for enough vehicles: plants build newer
-- software in than any update over the air. What only vehicles report, however many, nobody has released.
-- Grain: one row per ECU that runs a version which is no release.
with
running as (
  select module, software_version, any_value(software_key) as software_key, count(*) as ecus,
    count(*) filter (source = 'FACTORY') as exported
  from ecu
  group by module, software_version
),
-- Rare means nothing in a small fleet: there, one vehicle in a thousand is enough.
enough as (
  select module, least(:release_vehicles, ceil(sum(ecus) / 1000))::bigint as vehicles
  from running
  group by module
),
doubtful as (
  select r.module, r.software_version, n.vehicles as needed
  from running r
  join enough n on n.module = r.module
  where r.exported < n.vehicles
    and not exists (select 1 from update_target t where t.module = r.module and t.to_key = r.software_key)
),
-- A version that vehicles have since left was a release all the same.
once_exported as (
  select d.module, d.software_version
  from doubtful d
  join observation o on o.module = d.module and o.software_version = d.software_version and o.source = 'FACTORY'
  group by d.module, d.software_version, d.needed
  having count(distinct o.vin) >= d.needed
)
select e.vin, e.module, e.software_version as found,
  'the target of a registered update, or a version that exports name for so many vehicles: ' || d.needed as expected
from ecu e
join doubtful d on d.module = e.module and d.software_version = e.software_version
where not exists (
  select 1 from once_exported x where x.module = e.module and x.software_version = e.software_version);

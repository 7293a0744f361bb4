-- Grain: one row per module of the definition whose starting versions no ECU of the fleet has, and no other registered
-- update leads to. An empty fleet says nothing of versions.
with
start as (
  select r.update_name, r.update_version, r.place, r.module, r.low_key, r.high_key, t.from_range
  from ({defined_ranges}) r
  join ({defined_targets}) t on t.module = r.module
  where r.kind = 'FROM'
),
known as (
  select module, software_key as key from ecu
  union all
  select t.module, t.to_key
  from update_target t
  join update_definition u on u.name = t.update_name and u.version = t.update_version and u.withdrawn_at is null
  where not exists (select 1 from start s where s.update_name = u.name and s.update_version = u.version)
)
select s.module, any_value(s.from_range) as from_range
from start s
where exists (select 1 from vehicle)
group by s.module
having not exists (
  select 1
  from known k
  join start o on o.module = k.module and (o.low_key is null or k.key >= o.low_key)
    and (o.high_key is null or k.key < o.high_key)
  where o.module = s.module)
order by min(s.place);

-- Grain: one row per module that the update changes.
select d->>'$.name' as update_name, d->>'$.version' as update_version, t->>'$.module' as module,
  cast(t->>'$.installOrder' as integer) as install_order, cast(t->>'$.installGroup' as integer) as install_group,
  cast(t->'$.hardware' as varchar[]) as hardware, cast(t->'$.hardwareVersions' as varchar[]) as hardware_versions,
  cast(t->'$.protocols' as varchar[]) as protocols,
  t->>'$.from' as from_range, t->>'$.to' as to_version, t->>'$.toKey' as to_key,
  cast(t->>'$.releaseCounter' as integer) as release_counter
from (
  select d, unnest(cast(d->'$.targets' as json[])) as t
  from (select cast(:definition as json) as d)
);

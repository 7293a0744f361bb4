-- Grain: one row per requirement and conflict.
select d->>'$.name' as update_name, d->>'$.version' as update_version, c->>'$.kind' as kind,
  cast(c->>'$.place' as integer) as place, c->>'$.module' as module, c->>'$.range' as range
from (
  select d, unnest(cast(d->'$.conditions' as json[])) as c
  from (select cast(:definition as json) as d)
);

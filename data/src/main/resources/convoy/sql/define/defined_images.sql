-- Grain: one row per image of a module.
select d->>'$.name' as update_name, d->>'$.version' as update_version, t->>'$.module' as module,
  cast(i->'$.hardware' as varchar[]) as hardware, i->>'$.name' as image_name,
  cast(i->>'$.length' as bigint) as image_length, i->>'$.sha256' as image_sha256, i->>'$.sha512' as image_sha512
from (
  select d, t, unnest(cast(t->'$.images' as json[])) as i
  from (
    select d, unnest(cast(d->'$.targets' as json[])) as t
    from (select cast(:definition as json) as d)
  )
);

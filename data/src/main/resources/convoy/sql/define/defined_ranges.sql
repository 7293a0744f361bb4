-- Grain: one row per interval of versions that a module may start from, or that a condition names.
select d->>'$.name' as update_name, d->>'$.version' as update_version, kind, place, module,
  r->>'$.low' as low_key, r->>'$.high' as high_key
from (
  select d, s->>'$.kind' as kind, cast(s->>'$.place' as integer) as place, s->>'$.module' as module,
    unnest(cast(s->'$.ranges' as json[])) as r
  from (
    select d, unnest(list_concat(
      list_transform(cast(d->'$.targets' as json[]), lambda t: json_object(
        'kind', 'FROM', 'place', t->'$.installOrder', 'module', t->>'$.module', 'ranges', t->'$.ranges')),
      cast(d->'$.conditions' as json[]))) as s
    from (select cast(:definition as json) as d)
  )
);

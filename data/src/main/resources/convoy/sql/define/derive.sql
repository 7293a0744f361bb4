-- The rows that a definition stands for. Registering inserts exactly these, and before anything is issued the stored
-- rows are compared with them again, so that a row changed by hand shows.

-- Grain: one row.
create or replace macro defined_update(definition_text) as table
select d->>'$.name' as name, d->>'$.version' as version, d->>'$.title' as title, d->>'$.category' as category,
  cast(d->'$.models' as varchar[]) as models, cast(d->'$.powertrains' as varchar[]) as powertrains
from (select cast(definition_text as json) as d);

-- Grain: one row per module that the update changes.
create or replace macro defined_targets(definition_text) as table
select d->>'$.name' as update_name, d->>'$.version' as update_version, t->>'$.module' as module,
  cast(t->>'$.installOrder' as integer) as install_order, cast(t->'$.hardware' as varchar[]) as hardware,
  t->>'$.from' as from_range, t->>'$.to' as to_version, t->>'$.toKey' as to_key,
  t->>'$.image.name' as image_name, cast(t->>'$.image.length' as bigint) as image_length,
  t->>'$.image.sha256' as image_sha256, t->>'$.image.sha512' as image_sha512,
  cast(t->>'$.releaseCounter' as integer) as release_counter
from (
  select d, unnest(cast(d->'$.targets' as json[])) as t
  from (select cast(definition_text as json) as d)
);

-- Grain: one row per module and interval of versions that it may start from.
create or replace macro defined_ranges(definition_text) as table
select d->>'$.name' as update_name, d->>'$.version' as update_version, t->>'$.module' as module,
  r->>'$.low' as low_key, r->>'$.high' as high_key
from (
  select d, t, unnest(cast(t->'$.ranges' as json[])) as r
  from (
    select d, unnest(cast(d->'$.targets' as json[])) as t
    from (select cast(definition_text as json) as d)
  )
);

-- Grain: one row.
create or replace macro defined_campaign(definition_text) as table
select d->>'$.campaign' as campaign, d->>'$.title' as title, d->>'$.update.name' as update_name,
  d->>'$.update.version' as update_version, d->>'$.author' as author, d->>'$.urgency' as urgency,
  cast(d->>'$.priority' as integer) as priority,
  cast(d->'$.audience.regions' as varchar[]) as regions, cast(d->'$.audience.models' as varchar[]) as models,
  cast(d->'$.audience.powertrains' as varchar[]) as powertrains,
  cast(d->'$.audience.excludedVins' as varchar[]) as excluded_vins,
  cast(d->>'$.gate.silentAfterSeconds' as bigint) as silent_after_seconds
from (select cast(definition_text as json) as d);

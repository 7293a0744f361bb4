-- The rows that a definition stands for. Registering inserts exactly these, and before anything is issued the stored
-- rows are compared with them again, so that a row changed by hand shows. They are of one connection and this program:
-- never what the file says.

-- Grain: one row.
create or replace temp macro defined_update(definition_text) as table
select d->>'$.name' as name, d->>'$.version' as version, d->>'$.title' as title, d->>'$.category' as category,
  cast(d->'$.models' as varchar[]) as models, cast(d->'$.powertrains' as varchar[]) as powertrains,
  cast(d->>'$.wayBackRequired' as boolean) as way_back_required,
  cast(d->>'$.allowDowngrade' as boolean) as allow_downgrade
from (select cast(definition_text as json) as d);

-- Grain: one row per module that the update changes.
create or replace temp macro defined_targets(definition_text) as table
select d->>'$.name' as update_name, d->>'$.version' as update_version, t->>'$.module' as module,
  cast(t->>'$.installOrder' as integer) as install_order, cast(t->>'$.installGroup' as integer) as install_group,
  cast(t->'$.hardware' as varchar[]) as hardware, cast(t->'$.hardwareVersions' as varchar[]) as hardware_versions,
  cast(t->'$.protocols' as varchar[]) as protocols,
  t->>'$.from' as from_range, t->>'$.to' as to_version, t->>'$.toKey' as to_key,
  cast(t->>'$.releaseCounter' as integer) as release_counter
from (
  select d, unnest(cast(d->'$.targets' as json[])) as t
  from (select cast(definition_text as json) as d)
);

-- Grain: one row per image of a module.
create or replace temp macro defined_images(definition_text) as table
select d->>'$.name' as update_name, d->>'$.version' as update_version, t->>'$.module' as module,
  cast(i->'$.hardware' as varchar[]) as hardware, i->>'$.name' as image_name,
  cast(i->>'$.length' as bigint) as image_length, i->>'$.sha256' as image_sha256, i->>'$.sha512' as image_sha512
from (
  select d, t, unnest(cast(t->'$.images' as json[])) as i
  from (
    select d, unnest(cast(d->'$.targets' as json[])) as t
    from (select cast(definition_text as json) as d)
  )
);

-- Grain: one row per requirement and conflict.
create or replace temp macro defined_conditions(definition_text) as table
select d->>'$.name' as update_name, d->>'$.version' as update_version, c->>'$.kind' as kind,
  cast(c->>'$.place' as integer) as place, c->>'$.module' as module, c->>'$.range' as range
from (
  select d, unnest(cast(d->'$.conditions' as json[])) as c
  from (select cast(definition_text as json) as d)
);

-- Grain: one row per interval of versions that a module may start from, or that a condition names.
create or replace temp macro defined_ranges(definition_text) as table
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
    from (select cast(definition_text as json) as d)
  )
);

-- Grain: one row.
create or replace temp macro defined_campaign(definition_text) as table
select d->>'$.campaign' as campaign, d->>'$.title' as title, d->>'$.update.name' as update_name,
  d->>'$.update.version' as update_version, d->>'$.author' as author, d->>'$.urgency' as urgency,
  cast(d->>'$.priority' as integer) as priority,
  cast(d->'$.audience.regions' as varchar[]) as regions, cast(d->'$.audience.models' as varchar[]) as models,
  cast(d->'$.audience.powertrains' as varchar[]) as powertrains,
  cast(d->'$.audience.excludedVins' as varchar[]) as excluded_vins,
  coalesce(cast(d->'$.audience.plants' as varchar[]), []) as plants,
  cast(d->>'$.audience.built.from' as date) as built_from, cast(d->>'$.audience.built.to' as date) as built_to,
  d->>'$.audience.filter' as filter,
  d->>'$.audience.vins.file' as vins_file, d->>'$.audience.vins.sha256' as vins_sha256,
  cast(d->>'$.audience.vins.count' as bigint) as vins_count,
  d->>'$.audience.exclude.file' as exclude_file, d->>'$.audience.exclude.sha256' as exclude_sha256,
  cast(d->>'$.audience.exclude.count' as bigint) as exclude_count,
  cast(d->>'$.gate.silentAfterSeconds' as bigint) as silent_after_seconds,
  cast(d->>'$.window.begins' as timestamp) as window_begins, cast(d->>'$.window.ends' as timestamp) as window_ends,
  coalesce(d->>'$.consent.mode', 'BY_OWNER') as consent, cast(d->>'$.consent.from' as timestamp) as forced_from
from (select cast(definition_text as json) as d);

-- Grain: one row.
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
from (select cast(:definition as json) as d);

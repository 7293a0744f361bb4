-- Grain: one row.
select d->>'$.name' as name, d->>'$.version' as version, d->>'$.title' as title, d->>'$.category' as category,
  cast(d->'$.models' as varchar[]) as models, cast(d->'$.powertrains' as varchar[]) as powertrains,
  cast(d->>'$.wayBackRequired' as boolean) as way_back_required,
  cast(d->>'$.allowDowngrade' as boolean) as allow_downgrade
from (select cast(:definition as json) as d);

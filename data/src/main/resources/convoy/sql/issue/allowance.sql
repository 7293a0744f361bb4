-- What decides how many manifests the campaign may issue now, beside what became of its vehicles: its definition, and what
-- it issued in the last hour, this night and this day. Grain: one row.
select c.definition, i.hour, i.night, i.day
from campaign c
cross join (
  select
    count(*) filter (where issued_at > :hour_began) as hour,
    count(*) filter (where issued_at >= :night_began) as night,
    count(*) filter (where issued_at >= :day_began) as day
  from manifest
  where campaign = :campaign and withdrawal is null and rollback is null and not is_resigned(vin, version)
    and issued_at >= least(:hour_began, :night_began, :day_began)
) i
where c.campaign = :campaign;

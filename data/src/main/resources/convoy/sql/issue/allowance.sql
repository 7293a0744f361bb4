-- What decides how many manifests the campaign may issue now: what became of its vehicles, as its gates count them, and
-- what it issued in the last hour, this night and this day. Grain: one row.
select c.definition,
  (select count(*) from assignment a where a.campaign = c.campaign and a.state in ('INSTALLED', 'DOWNLOADED')) as installed,
  (select count(*) from assignment a
    where a.campaign = c.campaign
      and a.state in ('FAILED', 'RETRY_DUE', 'ROLLBACK_DUE', 'ROLLBACK_ISSUED', 'ROLLED_BACK', 'SERVICE_REQUIRED')) as failed,
  (select count(*) from assignment a where a.campaign = c.campaign and a.state in ('SILENT', 'EXPIRED')) as silent,
  i.hour, i.night, i.day
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

-- What decides how many manifests the campaign may issue today: what became of its vehicles, as its gates count them,
-- and what it issued since the day began. Grain: one row.
select c.definition,
  (select count(*) from assignment a where a.campaign = c.campaign and a.state in ('INSTALLED', 'DOWNLOADED')) as installed,
  (select count(*) from assignment a
    where a.campaign = c.campaign
      and a.state in ('FAILED', 'RETRY_DUE', 'ROLLBACK_DUE', 'ROLLBACK_ISSUED', 'ROLLED_BACK', 'SERVICE_REQUIRED',
        'SILENT', 'EXPIRED')) as bad,
  (select count(*) from manifest m where m.campaign = c.campaign and m.withdrawal is null and m.issued_at >= :day_began) as issued
from campaign c
where c.campaign = :campaign;

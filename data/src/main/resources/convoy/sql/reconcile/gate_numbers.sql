-- Grain: one row per released wave of a running campaign, its vehicles by what came of them. They add up to total.
select w.campaign, w.wave, c.definition,
  count(a.vin) as total,
  count(*) filter (a.state = 'INSTALLED') as installed,
  count(*) filter (a.state in ('FAILED', 'RETRY_DUE', 'ROLLBACK_DUE', 'ROLLBACK_ISSUED', 'ROLLED_BACK',
    'SERVICE_REQUIRED')) as failed,
  count(*) filter (a.state = 'SILENT') as silent,
  count(*) filter (a.state = 'DECLINED') as declined,
  count(*) filter (a.state in ('ISSUED', 'IN_PROGRESS')) as in_progress,
  count(*) filter (a.state in ('PLANNED', 'WAITING')) as unissued
from wave w
join campaign c on c.campaign = w.campaign and c.state = 'RUNNING'
left join assignment a
  on a.campaign = w.campaign and a.wave = w.wave and a.state not in ('SUPERSEDED', 'CANCELLED', 'EXPIRED')
where w.state = 'RELEASED'
group by w.campaign, w.wave, c.definition
order by w.campaign, w.wave;

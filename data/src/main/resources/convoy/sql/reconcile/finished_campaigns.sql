-- Running campaigns that wait for nothing more: all waves succeeded, and no vehicle may still act or be tried again.
-- Grain: one row per campaign.
select c.campaign
from campaign c
where c.state = 'RUNNING'
  and exists (select 1 from wave w where w.campaign = c.campaign)
  and not exists (select 1 from wave w where w.campaign = c.campaign and w.state <> 'SUCCEEDED')
  and not exists (
    select 1
    from assignment a
    where a.campaign = c.campaign
      and a.state in ('PLANNED', 'WAITING', 'ISSUED', 'IN_PROGRESS', 'SILENT', 'RETRY_DUE', 'ROLLBACK_DUE',
        'ROLLBACK_ISSUED'))
order by c.campaign;

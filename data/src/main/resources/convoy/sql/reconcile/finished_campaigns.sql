-- Campaigns that wait for nothing more, because no vehicle may still act or be tried again: running ones all of whose
-- waves succeeded, and those whose end has come. Grain: one row per campaign.
with
succeeded as (
  select campaign from wave group by campaign having bool_and(state = 'SUCCEEDED')
)
select c.campaign, e.campaign is not null as has_ended
from campaign c
left join campaign_end e on e.campaign = c.campaign
where (
    (c.state = 'RUNNING' and c.campaign in (select campaign from succeeded))
    or (c.state in ('APPROVED', 'RUNNING', 'PAUSED') and e.campaign is not null)
  )
  and not exists (
    select 1
    from assignment a
    where a.campaign = c.campaign
      and a.state in ('PLANNED', 'WAITING', 'ISSUED', 'IN_PROGRESS', 'SILENT', 'RETRY_DUE', 'ROLLBACK_DUE',
        'ROLLBACK_ISSUED'))
order by c.campaign;

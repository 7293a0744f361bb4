-- Progress by campaign. Grain: one row per campaign, in the order in which campaigns go first. Vehicles, not attempts.
with
progress as (
  select
    campaign,
    count(*) as vehicles,
    count(*) filter (state = 'INSTALLED') as installed,
    count(*) filter (state = 'DOWNLOADED') as downloaded,
    count(*) filter (state in ('ISSUED', 'IN_PROGRESS')) as under_way,
    count(*) filter (state = 'RETRY_DUE') as retry_due,
    count(*) filter (state = 'FAILED') as failed,
    count(*) filter (state in ('ROLLBACK_DUE', 'ROLLBACK_ISSUED')) as going_back,
    count(*) filter (state = 'ROLLED_BACK') as rolled_back,
    count(*) filter (state = 'SERVICE_REQUIRED') as service_required,
    count(*) filter (state in ('SILENT', 'EXPIRED')) as silent,
    count(*) filter (state = 'DECLINED') as declined,
    count(*) filter (state = 'WAITING') as waiting,
    count(*) filter (state = 'PLANNED') as planned,
    count(*) filter (state in ('SUPERSEDED', 'CANCELLED')) as dropped
  from assignment
  group by campaign
)
select
  c.campaign as "Campaign", c.title as "Title", c.update_name || ' ' || c.update_version as "Update",
  c.urgency as "Urgency", c.priority as "Priority", c.state as "State", c.state_reason as "Why",
  coalesce(p.vehicles, 0) as "Vehicles",
  coalesce(p.installed, 0) as "Installed",
  coalesce(p.downloaded, 0) as "Downloaded",
  coalesce(p.under_way, 0) as "In progress",
  coalesce(p.retry_due, 0) as "Retry due",
  coalesce(p.failed, 0) as "Failed",
  coalesce(p.going_back, 0) as "Going back",
  coalesce(p.rolled_back, 0) as "Rolled back",
  coalesce(p.service_required, 0) as "Service required",
  coalesce(p.silent, 0) as "Silent",
  coalesce(p.declined, 0) as "Declined",
  coalesce(p.waiting, 0) as "Waiting",
  coalesce(p.planned, 0) as "Planned",
  coalesce(p.dropped, 0) as "Dropped",
  coalesce(round(p.installed / p.vehicles, 4), 0) as "Installed share"
from campaign c
left join progress p on p.campaign = c.campaign
order by {first};

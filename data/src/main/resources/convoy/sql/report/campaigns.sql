-- Progress by campaign. Grain: one row per campaign, in the order in which campaigns go first. Vehicles, not attempts.
select
  c.campaign as "Campaign", c.title as "Title", c.update_name || ' ' || c.update_version as "Update",
  c.urgency as "Urgency", c.priority as "Priority", c.state as "State", c.state_reason as "Why",
  count(a.vin) as "Vehicles",
  count(*) filter (a.state = 'INSTALLED') as "Installed",
  count(*) filter (a.state in ('ISSUED', 'IN_PROGRESS')) as "Under way",
  count(*) filter (a.state = 'RETRY_DUE') as "Waiting for retry",
  count(*) filter (a.state in ('FAILED', 'SERVICE_REQUIRED')) as "Failed",
  count(*) filter (a.state = 'SILENT') as "Silent",
  count(*) filter (a.state = 'DECLINED') as "Declined",
  count(*) filter (a.state in ('PLANNED', 'WAITING')) as "Not issued yet",
  count(*) filter (a.state in ('SUPERSEDED', 'CANCELLED', 'EXPIRED')) as "Dropped",
  case when count(a.vin) = 0 then 0
    else count(*) filter (a.state = 'INSTALLED') / count(a.vin) end as "Installed share"
from campaign c
left join assignment a on a.campaign = c.campaign
group by all
order by case c.urgency when 'IMMEDIATE' then 0 else 1 end, c.priority desc, min(c.created_at), c.campaign;

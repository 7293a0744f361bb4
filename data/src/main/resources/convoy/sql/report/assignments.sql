-- Every vehicle of every campaign, and what it waits for. Grain: one row per campaign and vehicle.
select
  a.campaign as "Campaign", a.vin as "VIN", v.model as "Model", v.region as "Region", a.wave as "Wave",
  a.state as "State", a.attempt as "Attempt", a.manifest_version as "Manifest version",
  a.error_code as "Cause", a.failed_module as "Module",
  case a.state
    when 'PLANNED' then 'the release of wave ' || a.wave
    when 'WAITING' then 'campaign ' || a.waiting_for
    when 'RETRY_DUE' then 'a retry not before ' || strftime(a.due_at, '%Y-%m-%d %H:%M UTC')
    when 'ISSUED' then 'a report, until ' || strftime(a.deadline_at, '%Y-%m-%d %H:%M UTC')
    when 'IN_PROGRESS' then 'the outcome, until ' || strftime(a.deadline_at, '%Y-%m-%d %H:%M UTC')
    when 'ROLLBACK_DUE' then 'the manifest that takes it back'
      || coalesce(', not before ' || strftime(a.due_at, '%Y-%m-%d %H:%M UTC'), '')
    when 'ROLLBACK_ISSUED' then 'the outcome of its rollback'
    when 'SERVICE_REQUIRED' then 'a workshop'
    else '' end as "Waits for",
  a.reason as "Why", a.state_at as "Since"
from assignment a
left join vehicle v on v.vin = a.vin
order by a.campaign, a.vin;

-- Reasons for failure, also of vehicles that went back because of it. Grain: one row per campaign, cause and module; vehicles, not attempts.
select
  campaign as "Campaign", coalesce(error_code, 'UNKNOWN') as "Cause", coalesce(failed_module, '') as "Module",
  count(*) as "Vehicles",
  count(*) filter (state = 'RETRY_DUE') as "Retry due",
  count(*) filter (state <> 'RETRY_DUE') as "Final"
from assignment
where state in ('FAILED', 'RETRY_DUE', 'SERVICE_REQUIRED')
  or (state in ('ROLLBACK_DUE', 'ROLLBACK_ISSUED', 'ROLLED_BACK') and error_code is not null)
group by all
order by campaign, count(*) desc, 2, 3;

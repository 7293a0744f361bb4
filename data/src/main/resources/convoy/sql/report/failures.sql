-- Reasons for failure. Grain: one row per campaign, cause and module; vehicles, not attempts.
select
  campaign as "Campaign", coalesce(error_code, 'UNKNOWN') as "Cause", coalesce(failed_module, '') as "Module",
  count(*) as "Vehicles",
  count(*) filter (state = 'RETRY_DUE') as "Retry due",
  count(*) filter (state <> 'RETRY_DUE') as "Final"
from assignment
where state in ('FAILED', 'RETRY_DUE', 'SERVICE_REQUIRED')
group by all
order by campaign, count(*) desc, 2, 3;

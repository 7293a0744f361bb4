-- Vehicles that a person has rolled back without a failure are not among them. Grain: one row per cause of failure over all campaigns; vehicles, not attempts.
select coalesce(error_code, 'UNKNOWN') as "Cause",
  count(*) filter (state = 'RETRY_DUE') as "Retry due",
  count(*) filter (state <> 'RETRY_DUE') as "Final"
from assignment
where state in ('FAILED', 'RETRY_DUE', 'SERVICE_REQUIRED')
  or (state in ('ROLLBACK_DUE', 'ROLLBACK_ISSUED', 'ROLLED_BACK') and error_code is not null)
group by 1
order by count(*) desc, 1;

-- What the run's checks found, and what they found in the run before. Grain: one row per check, in their order.
with
-- Runs follow each other by the time of their audit.
numbered as (
  select *, rowid as place, lag(findings) over (partition by check_id order by audited_at, run_id) as before
  from audit_finding_count
)
select check_id, severity, title, findings, rows_checked, before
from numbered
where run_id = :run
order by place;

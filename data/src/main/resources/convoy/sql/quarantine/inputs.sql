-- Inputs of which something was rejected, as they were judged last, newest first. With :run only those of that run.
-- Grain: one row per file, by content and name.
with
judged as (
  select * from import_file
  where :run::varchar is null or run_id = :run
  qualify row_number() over (partition by sha256, name order by landed_at desc) = 1
)
select j.sha256, j.name, j.purpose, j.outcome, j.run_id, j.landed_at, j.rows_read, j.rows_quarantined
from judged j
semi join quarantine q on q.sha256 = j.sha256 and q.file = j.name
order by j.landed_at desc, j.name, j.sha256;

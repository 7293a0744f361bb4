-- What was sent again. Grain: one row per file that was made, oldest first.
select sha256, file, act, rule, row_count, target, resubmitted_at
from resubmission
order by resubmitted_at, target;

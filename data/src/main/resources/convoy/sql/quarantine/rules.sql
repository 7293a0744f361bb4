-- How many rows broke which rule, most first. Grain: one row per file and rule.
select sha256, file, rule, count(distinct row_no) as row_count
from quarantine
group by sha256, file, rule
order by row_count desc, rule;

-- Rejected rows of the run's files by rule. Grain: one row per file, column and rule; the first line as an example.
select q.file as "File", q.column_name as "Column", q.rule as "Rule", count(*) as "Rows", min(q.line) as "First line",
  arg_min(q.found, q.line) as "Found there", arg_min(q.expected, q.line) as "Expected"
from quarantine q
where q.sha256 in (select sha256 from import_file where run_id = :run)
group by q.file, q.column_name, q.rule
order by q.file, count(*) desc, q.rule;

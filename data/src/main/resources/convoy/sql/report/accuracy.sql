-- What the checks of the inventory found in this run, and in the ten runs up to it. Grain: one row per check, in their
-- order. Runs follow each other by the time of their audit.
with
this_run as (
  select *, rowid as place from audit_finding_count where run_id = :run
),
so_far as (
  select a.check_id, a.findings, a.run_id,
    row_number() over (partition by a.check_id order by a.audited_at desc, a.run_id desc) as runs_ago
  from audit_finding_count a
  join this_run t on t.check_id = a.check_id and (a.audited_at, a.run_id) <= (t.audited_at, t.run_id)
),
trend as (
  select check_id,
    max(findings) filter (runs_ago = 2) as before,
    string_agg(findings, ', ' order by runs_ago desc) filter (runs_ago <= 10) as findings
  from so_far
  group by check_id
)
select t.check_id as "Check", t.severity as "Severity", t.title as "What it finds", t.rows_checked as "Rows checked",
  t.findings as "Findings", r.before as "Run before", t.findings - r.before as "Change",
  r.findings as "Last runs, oldest first"
from this_run t
join trend r on r.check_id = t.check_id
order by t.place;

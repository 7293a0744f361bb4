-- One row: how the reports of ECUs in the file were accounted for.
with
rejected as (select distinct row_no from staged_rejection where sha256 = :sha256 and severity = 'ERROR'),
good as (
  select row_no from staged_report where sha256 = :sha256 and row_no not in (select row_no from rejected)
)
select
  (select coalesce(max(position), 0) from step_position where step = :step) as rows_read,
  (select count(*) from landing_report) as rows_accepted,
  (select count(*) from good where row_no not in (select row_no from landing_report)) as rows_unchanged,
  (select count(*) from rejected) as rows_quarantined;

-- One row: how the rows of the file were accounted for. Each count is taken on its own, so that their sum proves it.
-- A row of a flat table is staged as a vehicle and as an ECU, and counts once.
with
good as (
  select row_no from file_ecu where row_no not in (from rejected_row)
  union all
  select row_no from file_vehicle where kind = 'VEHICLES' and row_no not in (from rejected_row)
),
accepted as (
  select row_no from landing_vehicle where change in ('NEW', 'CHANGED')
  union
  select row_no from landing_ecu where change in ('NEW', 'CHANGED')
)
select
  (select coalesce(max(position), 0) from step_position where step = :step) as rows_read,
  (select count(*) from accepted) as rows_accepted,
  (select count(*) from good where row_no not in (select row_no from accepted)) as rows_unchanged,
  (select count(*) from rejected_row) as rows_quarantined;

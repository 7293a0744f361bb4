-- The faults of a file's first :limit rejected rows; with :rule only of rows that broke it, and only those faults.
-- Grain: one row per rejected row and fault, in file order.
with
fault as (
  select *, dense_rank() over (order by row_no) as nth
  from quarantine
  where sha256 = :sha256 and file = :file and (:rule::varchar is null or rule = :rule)
)
select file, sheet, line, column_name, rule, found, expected, raw
from fault
where nth <= :limit
order by row_no, column_name, rule;

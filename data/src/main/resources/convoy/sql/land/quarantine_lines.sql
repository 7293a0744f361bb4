-- What was rejected of one file. Grain: one row per rejected row and fault, in file order.
select file, sheet, line, column_name, rule, found, expected, raw
from quarantine
where sha256 = :sha256
order by row_no, column_name, rule;

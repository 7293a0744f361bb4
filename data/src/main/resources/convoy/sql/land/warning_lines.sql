-- What is worth a look in rows of one file that were kept. Grain: one row per row and warning, in file order.
select file, sheet, line, column_name, rule, found, expected, raw
from import_warning
where sha256 = :sha256
order by row_no, column_name, rule;

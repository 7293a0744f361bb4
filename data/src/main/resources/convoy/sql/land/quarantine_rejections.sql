-- Grain: one row per rejected row and fault.
insert into quarantine
select sha256, :file, row_no, sheet, line, column_name, rule, found, expected, raw, :now, null
from staged_rejection
where sha256 = :sha256 and severity = 'ERROR';

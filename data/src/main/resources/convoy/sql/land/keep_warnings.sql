-- Grain: one row per row that was kept and warning.
insert into import_warning
select sha256, :file, row_no, sheet, line, column_name, rule, found, expected, raw, :now, null
from staged_rejection
where sha256 = :sha256 and severity = 'WARN'
  and row_no not in (select row_no from staged_rejection where sha256 = :sha256 and severity = 'ERROR');

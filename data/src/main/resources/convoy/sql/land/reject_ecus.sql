-- ECUs that stand twice in the file: added to staged_rejection. Grain: one row per staged row.
insert into staged_rejection
with
twice as (
  select vin, module, min(row_no) as first_row, arg_min(line, row_no) as first_line
  from file_ecu
  group by vin, module
  having count(*) > 1
)
select :sha256, :duplicate_severity, e.row_no, e.sheet, e.line, '', 'vin', 'DUPLICATE', e.vin || ' ' || e.module,
  replace(:duplicate, '{line}', t.first_line::varchar)
from twice t
join file_ecu e on e.vin = t.vin and e.module = t.module and e.row_no > t.first_row;

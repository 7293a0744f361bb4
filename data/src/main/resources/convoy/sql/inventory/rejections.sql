-- What a vehicle sent and Convoy rejected, oldest first: rows of status logs and version reports that name its VIN, as far
-- as they can be read. Grain: one row per rejected row and rule that it broke.
select q.quarantined_at, q.rule, q.column_name, q.found, q.expected, q.file as source_file, q.line as source_line
from quarantine q
where contains(upper(q.raw), :vin) and q.released_at is null
  and q.sha256 in (select sha256 from import_file where purpose = 'STATUS')
order by q.quarantined_at, q.file, q.row_no, q.rule, q.column_name;

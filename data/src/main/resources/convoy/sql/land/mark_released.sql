-- The quarantined rows that have landed after all. Grain: one row per row and fault.
update quarantine q
set released_at = :now
from released_ecu r
join (select distinct file_id, sha256 from import_file) f on f.file_id = r.file_id
where q.sha256 = f.sha256 and q.row_no = r.row_no;

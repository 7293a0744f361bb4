-- The input files of the run. Read = accepted + unchanged + quarantined. Grain: one row per file.
select name as "File", purpose as "Purpose", outcome as "Outcome", rows_read as "Read", rows_accepted as "Accepted",
  rows_unchanged as "Unchanged", rows_quarantined as "Quarantined", message as "Message", landed_at as "At",
  sha256 as "SHA-256"
from import_file
where run_id = :run
order by landed_at, name;

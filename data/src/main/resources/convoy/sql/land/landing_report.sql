-- Grain: one row per good report of the file that is not known yet.
create or replace temp table landing_report as
select s.* exclude (raw)
from staged_report s
where s.sha256 = :sha256
  and s.row_no not in (select row_no from staged_rejection where sha256 = :sha256 and severity = 'ERROR')
  and not exists (select 1 from version_report k where k.report_sha256 = s.report_sha256)
qualify row_number() over (partition by s.report_sha256 order by s.row_no) = 1;

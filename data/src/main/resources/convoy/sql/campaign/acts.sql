-- The last acts on the campaign, the latest first. Grain: one row per line of the audit log.
select *
from audit_log
where subject = :campaign
order by seq desc
limit :most;

-- Vehicles of which nothing was heard by their deadline. A later report takes them out of SILENT again.
update assignment
set state = 'SILENT', state_at = :now, reason = 'not heard of by ' || strftime(deadline_at, '%Y-%m-%dT%H:%M:%SZ')
where state in ('ISSUED', 'IN_PROGRESS') and deadline_at < :now;

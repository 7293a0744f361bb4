-- Grain: one row: the highest version of the trust root that was ever in effect here.
select coalesce(max(cast(substr(subject, 7) as bigint)), 0) as version
from audit_log
where act = 'TRUST_CHANGED' and regexp_full_match(subject, 'trust [0-9]+')

-- Grain: one row: the highest root of a repository that was ever published here.
select coalesce(max(cast(regexp_extract(subject, '([0-9]+)\.root\.json$', 1) as bigint)), 0) as version
from audit_log
where act = 'METADATA_PUBLISHED' and regexp_full_match(subject, :folder || '/[0-9]+\.root\.json')

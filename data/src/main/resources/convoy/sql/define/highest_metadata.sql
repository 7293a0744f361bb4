-- Grain: one row: the highest version of a role's metadata in a repository that was ever published here.
select coalesce(max(cast(regexp_extract(subject, '/([0-9]+)\.', 1) as bigint)), 0) as version
from audit_log
where act = 'METADATA_PUBLISHED' and regexp_full_match(subject, :folder || '/[0-9]+\.' || :role || '\.json')

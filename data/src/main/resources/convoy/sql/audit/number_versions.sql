-- Grain: one row per module and version.
insert into audit_version
select module, version, key, row_number() over (partition by module order by key, version)
from offered_versions();

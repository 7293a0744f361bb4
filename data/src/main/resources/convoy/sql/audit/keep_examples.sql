-- Grain: one row per run, check and example.
insert into audit_example
select :run, :check, e.vin, e.module, e.found, e.expected
from (select unnest(examples) as e from audit_found);

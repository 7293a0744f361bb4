-- One pass over what a check finds: all are counted, and only the first ones are held. Grain: one row.
create or replace temp table audit_found as
select count(*) as findings,
  min({'vin': vin, 'module': module, 'found': found, 'expected': expected}, :examples) as examples
from ({findings}
);

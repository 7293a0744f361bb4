-- Examples of what the checks of the inventory found in this run. Grain: one row per check and example.
select c.check_id as "Check", e.vin as "VIN", e.module as "Module", e.found as "Found", e.expected as "Expected"
from audit_finding_count c
join audit_example e on e.run_id = c.run_id and e.check_id = c.check_id
where c.run_id = :run
order by c.rowid, e.vin, e.module nulls first, e.found;

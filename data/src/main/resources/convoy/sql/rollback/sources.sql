-- The updates whose images vehicles go back to. Grain: one row per update, 'name version'.
select distinct update_name || ' ' || update_version as update_ref
from back_part
where problem is null
order by update_ref;

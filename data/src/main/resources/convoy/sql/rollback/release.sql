-- Earlier images are released again, above every counter of their module. Grain: one row per image target.
insert into re_release
with
wanted as (
  select distinct module, update_name, update_version
  from back_part
  where release_counter is null and vin not in (select vin from back_part where problem is not null)
)
select w.module,
  l.release_counter + row_number() over (partition by w.module order by w.update_name, w.update_version),
  w.update_name, w.update_version, :now
from wanted w
join last_release l on l.module = w.module;

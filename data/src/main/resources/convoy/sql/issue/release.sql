-- The campaign's images are released again where a vehicle that waits for them went back before, and so refuses their
-- release counter. Grain: one row per module.
insert into re_release
with
wanted as (
  select distinct t.module, t.update_name, t.update_version
  from campaign c
  join update_target t on t.update_name = c.update_name and t.update_version = c.update_version
  join assignment a on a.campaign = c.campaign and a.state in ('PLANNED', 'WAITING', 'RETRY_DUE')
  join taken_re_release k on k.vin = a.vin and k.module = t.module
  left join latest_re_release r
    on r.update_name = t.update_name and r.update_version = t.update_version and r.module = t.module
  where c.campaign = :campaign and k.release_counter > coalesce(r.release_counter, t.release_counter)
)
select w.module, l.release_counter + 1, w.update_name, w.update_version, :now
from wanted w
join last_release l on l.module = w.module;

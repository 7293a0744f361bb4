-- What one shard that takes vehicles back rests on. update_ref: null where an ECU is named without a re-release, or with
-- another version than the one that it had before the campaign. Grain: one row per update, 'name version'.
with
first_given as (
  select k.vin, k.module, arg_min(k.before_key, m.version) as before_key
  from manifest m
  join manifest_target k on k.vin = m.vin and k.version = m.version
  where m.campaign = :campaign and m.state = 'ISSUED' and m.withdrawal is null and m.rollback is null
    and m.vin in (select vin from manifest where campaign = :campaign and wave = :wave and shard = :shard)
  group by k.vin, k.module
)
select distinct case when g.before_key = t.to_key then t.update_name || ' ' || t.update_version end as update_ref
from manifest m
join manifest_target k on k.vin = m.vin and k.version = m.version
left join first_given g on g.vin = k.vin and g.module = k.module
left join re_release r on r.module = k.module and r.release_counter = k.release_counter
left join update_target t
  on t.update_name = r.update_name and t.update_version = r.update_version and t.module = r.module
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard and m.rollback is not null
order by update_ref nulls first;

-- Grain: one row per table in which the stored rows of the update are not those of its definition. The two are put
-- together once, a stored row as 1 and a defined one as -1: where they are alike, all sums are 0.
with
stored_update as (
  select name, version, title, category, models, powertrains, way_back_required, allow_downgrade
  from update_definition
  where name = :name and version = :version
),
stored_target as (select * from update_target where update_name = :name and update_version = :version),
stored_image as (select * from update_image where update_name = :name and update_version = :version),
stored_condition as (select * from update_condition where update_name = :name and update_version = :version),
stored_range as (select * from update_range where update_name = :name and update_version = :version),
both_update as (select *, 1 as side from stored_update union all select *, -1 from ({defined_update})),
both_target as (select *, 1 as side from stored_target union all select *, -1 from ({defined_targets})),
both_image as (select *, 1 as side from stored_image union all select *, -1 from ({defined_images})),
both_condition as (select *, 1 as side from stored_condition union all select *, -1 from ({defined_conditions})),
both_range as (select *, 1 as side from stored_range union all select *, -1 from ({defined_ranges}))
select 'update_definition' as altered
where exists (select * exclude side from both_update group by all having sum(side) <> 0)
union all
select 'update_target'
where exists (select * exclude side from both_target group by all having sum(side) <> 0)
union all
select 'update_image'
where exists (select * exclude side from both_image group by all having sum(side) <> 0)
union all
select 'update_condition'
where exists (select * exclude side from both_condition group by all having sum(side) <> 0)
union all
select 'update_range'
where exists (select * exclude side from both_range group by all having sum(side) <> 0);

-- Grain: one row per table in which the stored rows of the update are not those of its definition.
with
chosen as (select * from update_definition where name = :name and version = :version),
stored_update as (
  select name, version, title, category, models, powertrains, way_back_required, allow_downgrade from chosen
),
derived_update as (select * from defined_update(:definition)),
stored_target as (select * from update_target where update_name = :name and update_version = :version),
derived_target as (select * from defined_targets(:definition)),
stored_image as (select * from update_image where update_name = :name and update_version = :version),
derived_image as (select * from defined_images(:definition)),
stored_condition as (select * from update_condition where update_name = :name and update_version = :version),
derived_condition as (select * from defined_conditions(:definition)),
stored_range as (select * from update_range where update_name = :name and update_version = :version),
derived_range as (select * from defined_ranges(:definition))
select 'update_definition' as altered
where exists ((from stored_update except all from derived_update) union all (from derived_update except all from stored_update))
union all
select 'update_target'
where exists ((from stored_target except all from derived_target) union all (from derived_target except all from stored_target))
union all
select 'update_image'
where exists ((from stored_image except all from derived_image) union all (from derived_image except all from stored_image))
union all
select 'update_condition'
where exists ((from stored_condition except all from derived_condition) union all (from derived_condition except all from stored_condition))
union all
select 'update_range'
where exists ((from stored_range except all from derived_range) union all (from derived_range except all from stored_range));

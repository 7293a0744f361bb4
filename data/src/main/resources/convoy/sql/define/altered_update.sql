-- Grain: one row per table in which the stored rows of the update are not those of its definition.
with
chosen as (select * from update_definition where name = :name and version = :version),
stored_update as (select name, version, title, category, models, powertrains from chosen),
derived_update as (select * from defined_update(:definition)),
stored_target as (select * from update_target where update_name = :name and update_version = :version),
derived_target as (select * from defined_targets(:definition)),
stored_range as (select * from update_range where update_name = :name and update_version = :version),
derived_range as (select * from defined_ranges(:definition))
select 'update_definition' as altered
where exists ((from stored_update except all from derived_update) union all (from derived_update except all from stored_update))
union all
select 'update_target'
where exists ((from stored_target except all from derived_target) union all (from derived_target except all from stored_target))
union all
select 'update_range'
where exists ((from stored_range except all from derived_range) union all (from derived_range except all from stored_range));

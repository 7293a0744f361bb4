-- The names by which simulated vehicles can be picked. Grain: one row per kind and name.
select distinct 'model' as kind, model as name from vehicle
union all
select distinct 'region', region from vehicle
union all
select distinct 'module', module from ecu
union all
select distinct 'hardware', hardware_part from ecu
union all
select 'campaign', campaign from campaign

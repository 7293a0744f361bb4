-- Grain: one row per vehicle of which an ECU is new or other than before.
insert into touched_vehicle
select distinct vin from landing_ecu where change in ('NEW', 'CHANGED');

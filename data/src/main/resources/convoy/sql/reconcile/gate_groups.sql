-- The vehicles of a wave by one fact. Of hardware, each ECU that the vehicle's latest manifest addresses, with the
-- hardware version of the ECU while it is still the same one. What is not known is a group of its own. Grain: one row
-- per value of the fact and state of assignments; a vehicle with two ECUs counts once under each.
with
vehicle_value as (
  select a.vin, a.state, case :fact when 'model' then v.model when 'region' then v.region when 'plant' then v.plant end
    as value
  from assignment a
  left join vehicle v on v.vin = a.vin
  where a.campaign = :campaign and a.wave = :wave and :fact <> 'hardware'
  union all
  select a.vin, a.state, concat_ws(' ', t.module, t.hardware_part, coalesce(e.hardware_version, 'unknown')) as value
  from assignment a
  join manifest_target t on t.vin = a.vin and t.version = a.manifest_version
  left join ecu e on e.vin = t.vin and e.module = t.module and e.serial = t.ecu_serial
  where a.campaign = :campaign and a.wave = :wave and :fact = 'hardware'
)
select coalesce(value, 'unknown') as value, state, count(distinct vin) as vehicles
from vehicle_value
group by all
order by value, state;

-- The profiles of the vehicles in subject_vehicle. Filled in: for each place of a module, the kind of the ECU there.
-- Grain: one row per vehicle.
insert into vehicle_profile
with
placed as (
  select e.vin, m.place, k.kind, e.observed_at
  from subject_ecu e
  join ecu_kind k
    on k.module = e.module and k.hardware_part = e.hardware_part and k.hardware_version = e.hardware_version
    and k.protocol = e.protocol and k.software_version = e.software_version
  join profile_module m on m.module = k.module
),
gathered as (
  select vin, max(observed_at) as heard_at, [{kinds}] as ecu_kinds from placed group by vin
),
reported as (
  select vin, max(event_at) as heard_at from subject_status_event group by vin
)
select v.vin, k.kind, greatest(v.observed_at, g.heard_at, r.heard_at), g.ecu_kinds,
  v.model_year, v.manufactured_on, v.plant
from subject_vehicle v
join vehicle_kind k
  on k.model = v.model and k.powertrain = v.powertrain and k.region = v.region
  and k.is_retired = (v.retired_at is not null)
left join gathered g on g.vin = v.vin
left join reported r on r.vin = v.vin;

-- The kinds of the vehicles and ECUs in subject_vehicle and subject_ecu that are not known yet get numbers.
-- Grain: one row per module, kind of ECU, kind of vehicle.
insert into profile_module
select module, (select coalesce(max(place), 0) from profile_module) + row_number() over (order by module)
from (select distinct module from subject_ecu where module not in (select module from profile_module));

insert into ecu_kind
select (select coalesce(max(kind), 0) from ecu_kind) + row_number() over (), *
from (
  select distinct module, hardware_part, hardware_version, protocol, software_version from subject_ecu
  except
  select module, hardware_part, hardware_version, protocol, software_version from ecu_kind
);

insert into vehicle_kind
select (select coalesce(max(kind), 0) from vehicle_kind) + row_number() over (), *
from (
  select distinct model, powertrain, region, retired_at is not null as is_retired from subject_vehicle
  except
  select model, powertrain, region, is_retired from vehicle_kind
);

-- What was asked of the ECUs is asked again. Grain: one row per manifest and ECU.
insert into manifest_target (vin, version, module, ecu_serial, hardware_part, before_version, expected_version,
  certificate)
select k.vin, r.version, k.module, k.ecu_serial, k.hardware_part, k.before_version, k.expected_version, k.certificate
from to_resign t
join manifest_target k on k.vin = t.vin and k.version = t.version
join resigned r on r.vin = t.vin and r.of_version = t.version
join manifest m on m.vin = r.vin and m.version = r.version and m.state = 'PREPARED';

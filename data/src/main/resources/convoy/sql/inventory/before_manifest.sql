-- What the ECUs that a manifest names, also for campaigns that it carries, ran when it was prepared that they change.
-- Grain: one row per ECU.
select t.ecu_serial, t.before_version
from manifest_part p
join manifest_target t on t.vin = p.vin and t.version = p.of_version
where p.vin = :vin and p.version = :version;

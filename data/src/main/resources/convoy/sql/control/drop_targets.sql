-- Grain: one row per manifest that is dropped, and ECU.
delete from manifest_target t
using to_drop d
where d.vin = t.vin and d.version = t.version;

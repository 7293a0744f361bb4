-- Grain: one row per manifest that is dropped.
delete from manifest m
using to_drop d
where d.vin = m.vin and d.version = m.version;

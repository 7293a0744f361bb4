-- Grain: one row per manifest that is dropped, and manifest that it carries.
delete from carried c
using to_drop d
where d.vin = c.vin and d.version = c.version;

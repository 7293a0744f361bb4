-- Grain: one row per manifest that is dropped, and ECU.
delete from manifest_target t
using manifest m
where m.vin = t.vin and m.version = t.version and m.campaign = :campaign and m.state = 'PREPARED' and m.withdrawal is null;

-- Grain: one row per manifest that was prepared to say the same once more.
insert into resigned
select m.vin, m.version, t.version
from to_resign t
join manifest m on m.vin = t.vin and m.version > t.version and m.campaign = :campaign and m.state = 'PREPARED';

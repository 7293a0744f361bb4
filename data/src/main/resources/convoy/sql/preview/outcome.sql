-- What becomes of each vehicle. Filled in: what speaks against the campaign in it.
-- Grain: one row per vehicle.
create or replace temp table outcome as
select j.vin, j.faults, a.wave
from ({judged}) j
left join assignment a on a.campaign = :campaign and a.vin = j.vin;

-- What was prepared for the vehicles that are to go back, and not issued. What withdraws a manifest stays: the vehicle is
-- told that first. Grain: one row per manifest.
create or replace temp table to_drop as
select vin, version, wave, shard
from manifest
where campaign = :campaign and state = 'PREPARED' and withdrawal is null
  and vin in (select vin from meant_back where outcome = 'DUE');

-- Grain: one row per manifest of a shard that is prepared and not issued.
create or replace temp table to_drop as
select vin, version, wave, shard
from manifest
where campaign = :campaign and wave = :wave and shard = :shard and state = 'PREPARED';

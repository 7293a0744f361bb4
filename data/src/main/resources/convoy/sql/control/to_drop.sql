-- What withdraws a manifest stays: it is wanted whatever becomes of the campaign.
-- Grain: one row per manifest that was prepared and not issued.
create or replace temp table to_drop as
select vin, version, wave, shard
from manifest
where campaign = :campaign and state = 'PREPARED' and withdrawal is null;

-- What withdraws a manifest goes too: it is made anew. Grain: one row per manifest that was prepared for the vehicles that
-- are withdrawn, and not issued.
create or replace temp table to_drop as
select vin, version, wave, shard
from manifest
where campaign = :campaign and state = 'PREPARED'
  and vin in (select vin from meant_vehicle where outcome <> 'LEFT');

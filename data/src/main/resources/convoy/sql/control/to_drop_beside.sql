-- What a campaign has prepared for these vehicles, but for what withdraws. Filled in: the vehicles. rollbacks: whether also
-- what takes them back. Grain: one row per manifest that was prepared and not issued.
create or replace temp table to_drop as
select vin, version, wave, shard
from manifest
where campaign = :campaign and state = 'PREPARED' and withdrawal is null and (rollback is null or :rollbacks)
  and vin in ({asked});

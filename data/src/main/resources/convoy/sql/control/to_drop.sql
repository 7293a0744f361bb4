-- What withdraws a manifest stays, and what rolls a vehicle back because a person asked for it: that is wanted whatever
-- becomes of the campaign.
-- Grain: one row per manifest that was prepared and not issued.
create or replace temp table to_drop as
select vin, version, wave, shard
from manifest
where campaign = :campaign and state = 'PREPARED' and withdrawal is null
  and coalesce(rollback, 0) not in (select rollback from rollback where act is not null);

-- Other campaigns that have prepared a manifest for one of these vehicles, which is not to be written any more. Filled in:
-- the vehicles. rollbacks: whether also one that takes it back; one that withdraws another stays. Grain: one row per campaign.
select distinct campaign
from manifest
where state = 'PREPARED' and campaign <> :campaign and withdrawal is null and (rollback is null or :rollbacks)
  and vin in ({asked})
order by campaign;

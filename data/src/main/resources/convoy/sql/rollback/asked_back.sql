-- Filled in: the vehicles that are to go back. Grain: one row per vehicle of the campaign for which a person asked for it.
select vin, wave, rollback
from (
  {back_due}
)
where campaign = :campaign and rollback is not null
order by vin;

-- The vehicles of a person's request. wave, vins: null for all. Grain: one row per assignment.
create or replace temp table back_vehicle as
select a.vin, a.wave, a.attempt, a.state, a.rollback
from assignment a
where a.campaign = :campaign
  and (cast(:wave as integer) is null or a.wave = :wave)
  and (
    cast(:vins as varchar) is null
    or a.vin in (select unnest(cast(cast(cast(:vins as varchar) as json) as varchar[])))
  );

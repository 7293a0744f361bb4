-- by_plan: whether those too that no person asked for. Grain: one row per vehicle that is to go back.
create or replace temp table back_vehicle as
select a.vin, a.wave, a.attempt, a.state, a.rollback
from assignment a
where a.campaign = :campaign and a.state = 'ROLLBACK_DUE' and (a.rollback is not null or :by_plan)
  and not exists (
    select 1 from manifest m where m.campaign = a.campaign and m.vin = a.vin and m.rollback is not null);

-- The assignments of the campaign whose turn has come. Grain: one row per vehicle.
create or replace temp table turn as
select a.vin, a.wave, a.attempt + 1 as attempt
from assignment a
join wave w on w.campaign = a.campaign and w.wave = a.wave
where a.campaign = :campaign
  and a.waiting_for is null
  and ((a.state = 'PLANNED' and w.state = 'RELEASED') or (a.state = 'RETRY_DUE' and a.due_at <= :now))
  and not exists (
    select 1 from manifest m where m.campaign = a.campaign and m.vin = a.vin and m.state = 'PREPARED');

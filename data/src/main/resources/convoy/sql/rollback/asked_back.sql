-- Grain: one row per vehicle that is to go back by now because a person asked for it, and for which no campaign has a
-- manifest prepared that takes it back.
select a.vin, a.wave, a.rollback
from assignment a
where a.campaign = :campaign and a.rollback is not null and is_back_due(a.state, a.due_at, :now)
  and not exists (
    select 1 from manifest m
    where m.vin = a.vin and m.rollback is not null and m.state = 'PREPARED')
order by a.vin;

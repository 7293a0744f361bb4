-- Vehicles that are to go back by now, and for which no campaign has a manifest prepared that takes them back: it has its
-- turn with the next run. Grain: one row per campaign and vehicle.
select a.*
from assignment a
where is_back_due(a.state, a.due_at, :now)
  and not exists (
    select 1 from manifest m
    where m.vin = a.vin and m.rollback is not null and m.state = 'PREPARED')

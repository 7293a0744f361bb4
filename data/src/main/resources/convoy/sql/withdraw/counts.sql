-- Grain: one row per outcome and state before.
select outcome, state, count(*) as vehicles
from meant_vehicle
group by outcome, state
order by outcome, state;

-- Grain: one row per outcome and state before.
select outcome, state, count(*) as vehicles
from meant_back
group by outcome, state
order by outcome, state;

-- Grain: one row per released wave of a running campaign and state of its assignments; a wave without assignments has
-- one row without a state.
select w.campaign, w.wave, c.definition, a.state, count(a.vin) as vehicles
from wave w
join campaign c on c.campaign = w.campaign and c.state = 'RUNNING'
left join assignment a on a.campaign = w.campaign and a.wave = w.wave
where w.state = 'RELEASED'
group by w.campaign, w.wave, c.definition, a.state
order by w.campaign, w.wave, a.state;

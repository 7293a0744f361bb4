-- Waves in some states, of campaigns in one state; those that have succeeded after the others of their campaign. Grain:
-- one row per wave and state of its assignments; a wave without assignments has one row without a state.
-- success_since: as its last decision found.
with
decision as (
  select campaign, wave, success_since
  from gate_decision
  qualify row_number() over (partition by campaign, wave order by decided_at desc) = 1
)
select w.campaign, w.wave, w.state as wave_state, c.definition, d.success_since, a.state, count(a.vin) as vehicles
from wave w
join campaign c on c.campaign = w.campaign and c.state = :campaign_state
left join decision d on d.campaign = w.campaign and d.wave = w.wave
left join assignment a on a.campaign = w.campaign and a.wave = w.wave
where w.state in (:wave_states)
group by w.campaign, w.wave, w.state, c.definition, d.success_since, a.state
order by w.campaign, w.state = 'SUCCEEDED', w.wave, a.state;

-- Grain: one row per wave in that state, of campaigns in that state, and state of its assignments; a wave without
-- assignments has one row without a state. accepted: the failures with which a person resumed the campaign.
with
override as (
  select campaign, wave, max(failures) as accepted from gate_override group by campaign, wave
)
select w.campaign, w.wave, c.definition, coalesce(o.accepted, 0) as accepted, a.state, count(a.vin) as vehicles
from wave w
join campaign c on c.campaign = w.campaign and c.state = :campaign_state
left join override o on o.campaign = w.campaign and o.wave = w.wave
left join assignment a on a.campaign = w.campaign and a.wave = w.wave
where w.state = :wave_state
group by w.campaign, w.wave, c.definition, o.accepted, a.state
order by w.campaign, w.wave, a.state;

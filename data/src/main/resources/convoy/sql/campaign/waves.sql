-- Grain: one row per wave of the campaign and state of its assignments; a wave without assignments has one row
-- without a state. accepted: the failures of the whole wave with which a person resumed the campaign.
with
override as (
  select wave, max(failures) as accepted from gate_override where campaign = :campaign and part = 'wave' group by wave
)
select w.wave, w.name, w.state, w.released_at, w.closed_at, coalesce(o.accepted, 0) as accepted,
  a.state as assignment_state, count(a.vin) as vehicles
from wave w
left join override o on o.wave = w.wave
left join assignment a on a.campaign = w.campaign and a.wave = w.wave
where w.campaign = :campaign
group by all
order by w.wave, assignment_state;

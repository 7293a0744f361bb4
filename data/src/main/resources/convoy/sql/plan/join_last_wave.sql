-- Open membership: vehicles that became eligible after the plan was made join its last wave, while that is open.
insert into assignment (campaign, vin, wave, state, attempt, state_at)
with
last_wave as (
  select campaign, max(wave) as wave from wave where campaign = :campaign group by campaign
)
select e.campaign, e.vin, w.wave, 'PLANNED', 0, :now
from eligible e
join last_wave l on l.campaign = e.campaign
join wave w on w.campaign = l.campaign and w.wave = l.wave and w.state in ('PLANNED', 'RELEASED')
where not exists (select 1 from assignment a where a.campaign = e.campaign and a.vin = e.vin)
order by e.vin;

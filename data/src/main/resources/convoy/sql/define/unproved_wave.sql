-- Grain: one row per wave of the campaign that is out although no gate let the wave before it advance.
select w.wave, w.state
from wave w
where w.campaign = :campaign
  and w.wave > 1
  and w.state <> 'PLANNED'
  and not exists (
    select 1
    from gate_decision d
    where d.campaign = w.campaign and d.wave = w.wave - 1 and d.verdict = 'ADVANCE')
order by w.wave;

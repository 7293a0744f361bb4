-- Grain: one row per campaign and wave, with its last gate decision.
with
decision as (
  select * from gate_decision qualify row_number() over (partition by campaign, wave order by decided_at desc) = 1
)
select
  w.campaign as "Campaign", w.wave as "Wave", w.name as "Name", w.state as "State", w.released_at as "Released",
  w.closed_at as "Closed",
  count(a.vin) as "Vehicles",
  count(*) filter (a.state = 'INSTALLED') as "Installed",
  count(*) filter (a.state = 'DOWNLOADED') as "Downloaded",
  count(*) filter (a.state in (
    'FAILED', 'RETRY_DUE', 'ROLLBACK_DUE', 'ROLLBACK_ISSUED', 'ROLLED_BACK', 'SERVICE_REQUIRED')) as "Failed",
  count(*) filter (a.state in ('SILENT', 'EXPIRED')) as "Silent",
  count(*) filter (a.state = 'WAITING') as "Waiting for another campaign",
  d.verdict as "Gate", d.explanation as "Gate says"
from wave w
left join assignment a on a.campaign = w.campaign and a.wave = w.wave
left join decision d on d.campaign = w.campaign and d.wave = w.wave
group by all
order by w.campaign, w.wave;

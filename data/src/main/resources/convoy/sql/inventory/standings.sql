-- Where one vehicle stands in each campaign that may still issue manifests or that has it among its vehicles, in the
-- order in which campaigns go first. waiting_over: the modules that it waits for. refusal: why it is not told to go back.
-- Filled in: which campaigns touch. Grain: one row per campaign.
select c.campaign, c.title, c.update_name || ' ' || c.update_version as update_ref, c.urgency, c.priority, c.state,
  c.state_reason, c.consent, c.forced_from,
  is_manual(c.definition) and not is_started(c.campaign) as waits_for_start, e.campaign is not null as has_ended,
  a.state as assignment, a.wave, w.name as wave_name, w.state as wave_state, a.attempt, a.manifest_version,
  a.due_at, a.deadline_at, a.waiting_for, t.modules as waiting_over, a.error_code, a.failed_module, a.reason, a.state_at,
  r.reason as refusal
from campaign c
left join (select * from assignment where vin = :vin) a on a.campaign = c.campaign
left join (select campaign, told, reason from refused_rollback where vin = :vin) r
  on r.campaign = c.campaign and a.state = case when r.told then 'ROLLBACK_ISSUED' else 'ROLLBACK_DUE' end
left join campaign_end e on e.campaign = c.campaign
left join wave w on w.campaign = a.campaign and w.wave = a.wave
left join (
  {touching}
) t on t.campaign = a.campaign and t.other = a.waiting_for
where a.vin is not null or c.state in ('DRAFT', 'SUBMITTED', 'APPROVED', 'RUNNING', 'PAUSED')
order by {first};

-- Vehicles that were planned, or were to be tried again, and have changed since, so that the update no longer fits: nothing is issued to them.
update assignment a
set state = 'SUPERSEDED', state_at = :now, waiting_for = null, due_at = null,
  reason = 'no longer eligible when its turn came'
where a.campaign = :campaign
  and a.state in ('PLANNED', 'WAITING', 'RETRY_DUE')
  and not exists (select 1 from eligible e where e.campaign = a.campaign and e.vin = a.vin)
  and not exists (select 1 from undecided u where u.campaign = a.campaign and u.vin = a.vin)
  and not exists (select 1 from manifest m where m.campaign = a.campaign and m.vin = a.vin and m.state = 'PREPARED');

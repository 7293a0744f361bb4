-- Failures that are not tried again any more may mean that the vehicle goes back, where the campaign's definition says so.
-- Grain: one row per assignment that waits for another attempt.
insert into fold_queue
select a.campaign, a.vin
from assignment a
join campaign c on c.campaign = a.campaign
where a.campaign = :campaign and a.state = 'RETRY_DUE' and c.definition::json->>'$.rollback' is not null
  and not exists (select 1 from fold_queue q where q.campaign = a.campaign and q.vin = a.vin);

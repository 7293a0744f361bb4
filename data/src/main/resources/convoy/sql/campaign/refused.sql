-- Vehicles of the campaign that are to go back, or were told so, and are not told. Grain: one row per state and reason.
select a.state, r.reason, count(*) as vehicles
from refused_rollback r
join assignment a on a.campaign = r.campaign and a.vin = r.vin
  and a.state = case when r.told then 'ROLLBACK_ISSUED' else 'ROLLBACK_DUE' end
where r.campaign = :campaign
group by a.state, r.reason
order by a.state, r.reason;

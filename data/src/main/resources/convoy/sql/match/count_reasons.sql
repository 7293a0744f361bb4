-- Grain: one row per verdict and reason, with the number of vehicles; the rows with reason '' count every vehicle once.
insert into eligibility_count
with
by_verdict as (
  select verdict, '' as reason, count(*) as vehicles from assessed group by verdict
),
by_reason as (
  select verdict, reason, count(distinct vin) as vehicles
  from (select vin, verdict, unnest(reasons) as reason from assessed)
  group by verdict, reason
)
select :campaign, verdict, reason, vehicles, :now
from (select * from by_verdict union all select * from by_reason);

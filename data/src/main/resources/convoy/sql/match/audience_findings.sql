-- What one condition of the campaign's audience found in the subjects that are not of it. Filled in: the
-- campaign, the condition and what is told of the vehicle. Grain: one row per vehicle that does not meet the condition.
insert into audience_finding
select {campaign}, vin, {found}, :expected
from (
  select *
  from subject_vehicle
  where vin in (select vin from verdict where campaign = {campaign} and faults & {NOT_IN_AUDIENCE} <> 0)
)
where ({condition}) is not true;

-- Reasons for ineligibility, as of the last matching. Grain: one row per campaign and reason. A vehicle with two
-- reasons counts under each.
select campaign as "Campaign", reason as "Reason", vehicles as "Vehicles"
from eligibility_count
where verdict = 'INELIGIBLE' and reason <> ''
order by campaign, vehicles desc, reason;

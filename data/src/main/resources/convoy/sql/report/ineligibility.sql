-- Reasons why vehicles get no update, or not yet, as of the last matching. Grain: one row per campaign, verdict and
-- reason. A vehicle with two reasons counts under each.
select campaign as "Campaign", verdict as "Verdict", reason as "Reason", vehicles as "Vehicles"
from eligibility_count
where reason <> ''
order by campaign, verdict, vehicles desc, reason;

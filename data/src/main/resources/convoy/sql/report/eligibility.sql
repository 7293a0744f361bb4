-- Eligible, ineligible and unknown are the fleet. Grain: one row per campaign.
select campaign as "Campaign",
  coalesce(sum(vehicles) filter (verdict = 'ELIGIBLE' and reason = ''), 0)::bigint as "Eligible",
  coalesce(sum(vehicles) filter (verdict = 'INELIGIBLE' and reason = ''), 0)::bigint as "Ineligible",
  coalesce(sum(vehicles) filter (verdict = 'UNKNOWN' and reason = ''), 0)::bigint as "Unknown",
  sum(vehicles) filter (reason = '')::bigint as "Fleet",
  max(matched_at) as "Matched"
from eligibility_count
group by campaign
order by campaign;

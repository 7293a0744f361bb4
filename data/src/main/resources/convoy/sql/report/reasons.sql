-- Grain: one row per reason for ineligibility over all campaigns; a vehicle counts once per campaign and reason.
select reason as "Reason", sum(vehicles)::bigint as "Vehicles"
from eligibility_count
where verdict = 'INELIGIBLE' and reason <> ''
group by reason
order by 2 desc, 1;

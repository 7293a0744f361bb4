-- The latest decision of each gate of the campaign. Grain: one row per wave that has one.
select *
from gate_decision
where campaign = :campaign
qualify row_number() over (partition by wave order by decided_at desc) = 1
order by wave;

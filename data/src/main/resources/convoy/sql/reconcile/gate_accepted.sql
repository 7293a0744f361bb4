-- The failures with which a person resumed the campaign, in the parts of the wave; what has an error is counted in the
-- whole campaign, and so accepted in it. Grain: one row per part.
select part, max(failures) as failures
from gate_override
where campaign = :campaign and (wave = :wave or starts_with(part, 'code '))
group by part
order by part;

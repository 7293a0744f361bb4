-- The campaigns of which rollback/to_drop.sql drops something. Grain: one row per campaign.
select distinct m.campaign
from manifest m
join assignment a on a.campaign = m.campaign and a.vin = m.vin
where m.state = 'PREPARED' and m.withdrawal is null and (m.rollback is not null)
    <> (a.state = case when m.rollback is not null and is_resigned(m.vin, m.version) then 'ROLLBACK_ISSUED' else 'ROLLBACK_DUE' end)
order by m.campaign;

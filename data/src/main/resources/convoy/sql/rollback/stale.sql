-- The campaigns of which rollback/to_drop.sql drops something. Grain: one row per campaign.
select distinct m.campaign
from manifest m
join assignment a on a.campaign = m.campaign and a.vin = m.vin
where m.state = 'PREPARED'
  and (m.withdrawal is null and is_overtaken(m.rollback, is_resigned(m.vin, m.version), a.state)
    or is_behind(m.vin, m.version))
order by m.campaign;

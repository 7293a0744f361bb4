-- What was prepared and does not fit the assignment any more: a rollback of a vehicle that turned out to have the
-- update, or that has told its outcome before it was told once more; or another attempt for one that is to go back; or what
-- was not written before a newer one of the vehicle was. Grain: one row per manifest.
create or replace temp table to_drop as
select m.vin, m.version, m.wave, m.shard
from manifest m
join assignment a on a.campaign = m.campaign and a.vin = m.vin
where m.campaign = :campaign and m.state = 'PREPARED'
  and (m.withdrawal is null and is_overtaken(m.rollback, is_resigned(m.vin, m.version), a.state)
    or is_behind(m.vin, m.version));

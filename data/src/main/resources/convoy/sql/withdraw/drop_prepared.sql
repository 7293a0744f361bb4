-- Grain: one row per manifest that was prepared for these vehicles and not written.
delete from manifest
where campaign = :campaign and state = 'PREPARED'
  and vin in (select vin from meant_vehicle where outcome <> 'LEFT');

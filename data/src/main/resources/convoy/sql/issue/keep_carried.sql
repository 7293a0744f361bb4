-- kind: of the manifests that were just prepared; INSTALLING, WITHDRAWING or ROLLING_BACK. A vehicle has one of a kind
-- that is prepared. Grain: one row per manifest and manifest that it carries.
insert into carried
select m.vin, m.version, c.of_version
from carry c
join manifest m on m.vin = c.vin and m.campaign = :campaign and m.state = 'PREPARED'
where :kind = case when m.withdrawal is not null then 'WITHDRAWING' when m.rollback is not null then 'ROLLING_BACK'
    else 'INSTALLING' end
  and not exists (select 1 from carried k where k.vin = m.vin and k.version = m.version);

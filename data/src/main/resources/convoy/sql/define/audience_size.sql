-- How many vehicles are in use, and how many of them the campaign may reach: of its audience, and of the models and
-- powertrains of its update. What their ECUs have is not looked at. Filled in: the audience's other conditions.
-- Grain: one row.
with
asked as (
  select c.regions, c.models, c.powertrains, u.models as update_models,
    u.powertrains as update_powertrains
  from campaign c
  join update_definition u on u.name = c.update_name and u.version = c.update_version
  where c.campaign = :campaign
),
in_use as (select * from vehicle where retired_at is null)
select (select count(*) from in_use) as fleet, count(*) as vehicles
from in_use v
cross join asked a
where (len(a.regions) = 0 or list_contains(a.regions, v.region))
  and (len(a.models) = 0 or list_contains(a.models, v.model))
  and (len(a.powertrains) = 0 or list_contains(a.powertrains, v.powertrain))
  and (len(a.update_models) = 0 or list_contains(a.update_models, v.model))
  and (len(a.update_powertrains) = 0 or list_contains(a.update_powertrains, v.powertrain))
  and v.vin in (select vin from vehicle where {condition});

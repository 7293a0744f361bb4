-- The rules for vehicles, each applied once to every kind of vehicle. Grain: one row per campaign and kind of vehicle.
create or replace temp table judged_vehicle_fault as
select c.campaign, k.kind,
  (case when k.is_retired then {RETIRED} else 0 end
  + case when len(u.models) > 0 and not list_contains(u.models, k.model) then {WRONG_MODEL} else 0 end
  + case when len(u.powertrains) > 0 and not list_contains(u.powertrains, k.powertrain) then {WRONG_POWERTRAIN} else 0 end
  + case when len(c.regions) > 0 and not list_contains(c.regions, k.region) then {REGION_RESTRICTED} else 0 end
  + case when (len(c.models) > 0 and not list_contains(c.models, k.model))
        or (len(c.powertrains) > 0 and not list_contains(c.powertrains, k.powertrain))
      then {NOT_IN_AUDIENCE} else 0 end)::bigint as faults
from campaign c
join update_definition u on u.name = c.update_name and u.version = c.update_version
cross join vehicle_kind k
where c.campaign in (select campaign from judged_campaign);

-- What each vehicle of the plan downloads, and whether one of its ECUs could not be taken back. The kinds of ECU are
-- those of the matching; judged_ecu_fault is of the rule for the way back, asked of every update. An image that is not
-- kept counts with its clear length. Grain: one row per vehicle.
create or replace temp table weight as
with
asked as (
  select i.item, i.module, i.module_place, i.to_key, c.update_name, c.update_version
  from item i
  join campaign c on c.campaign = i.campaign
  where i.campaign = :campaign and i.kind = 'FROM'
),
kind_weight as (
  select a.item, k.kind,
    case when y.software_key = a.to_key then 0 else coalesce(e.encrypted_length, g.image_length, 0) end as bytes,
    f.faults & {NO_WAY_BACK} <> 0 as has_no_way_back
  from asked a
  join ecu_kind k on k.module = a.module
  join judged_ecu_fault f on f.campaign = :campaign and f.item = a.item and f.kind = k.kind
  left join version_key y on y.module = k.module and y.software_version = k.software_version
  left join update_image g
    on g.update_name = a.update_name and g.update_version = a.update_version and g.module = a.module
    and (len(g.hardware) = 0 or list_contains(g.hardware, k.hardware_part))
  left join image e on e.sha256 = g.image_sha256
)
select m.vin, m.wave, sum(w.bytes)::bigint as bytes, bool_or(w.has_no_way_back) as has_no_way_back
from assignment m
join vehicle_profile p on p.vin = m.vin
cross join asked a
join kind_weight w on w.item = a.item and w.kind = p.ecu_kinds[a.module_place]
where m.campaign = :campaign
group by m.vin, m.wave;

-- What each campaign asks of a vehicle's ECUs: one item for each module that its update changes (FROM), needs
-- (REQUIRES) or must not meet (CONFLICTS). Grain: one row per campaign and item.
create or replace temp table item as
with
range_of as (
  select update_name, update_version, kind, place, list({'low': low_key, 'high': high_key}) as intervals,
    min(coalesce(low_key, '')) as lowest
  from update_range
  group by update_name, update_version, kind, place
),
asked as (
  select c.campaign, 'FROM' as kind, t.install_order as place, t.module, t.update_name, t.update_version, t.hardware,
    t.hardware_versions, t.protocols, t.from_range as range_text, t.to_version, t.to_key
  from campaign c
  join update_target t on t.update_name = c.update_name and t.update_version = c.update_version
  union all
  select c.campaign, n.kind, n.place, n.module, n.update_name, n.update_version, [], [], [], n.range, null, null
  from campaign c
  join update_condition n on n.update_name = c.update_name and n.update_version = c.update_version
)
select a.campaign, row_number() over (partition by a.campaign order by a.kind, a.place)::integer as item, a.kind, a.module,
  m.place as module_place, a.hardware, a.hardware_versions, a.protocols, a.range_text, a.to_version, a.to_key,
  u.allow_downgrade, u.way_back_required, r.intervals, r.lowest
from asked a
join update_definition u on u.name = a.update_name and u.version = a.update_version
left join range_of r
  on r.update_name = a.update_name and r.update_version = a.update_version and r.kind = a.kind and r.place = a.place
left join profile_module m on m.module = a.module
where a.campaign in (select campaign from judged_campaign);

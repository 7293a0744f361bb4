-- Campaigns that must not both be under way in a vehicle: both change a module, or one requires something of a module that
-- the other changes, or conflicts with it. modules: which ones. Grain: one row per campaign and other one, both ways round.
with
concerned as (
  select c.campaign, t.module, true as is_changed
  from campaign c
  join update_target t on t.update_name = c.update_name and t.update_version = c.update_version
  union
  select c.campaign, n.module, false
  from campaign c
  join update_condition n on n.update_name = c.update_name and n.update_version = c.update_version
),
shared as (
  select distinct a.campaign, b.campaign as other, a.module
  from concerned a
  join concerned b on b.module = a.module and b.campaign <> a.campaign and (a.is_changed or b.is_changed)
)
select campaign, other, string_agg(module, ', ' order by module) as modules
from shared
group by campaign, other

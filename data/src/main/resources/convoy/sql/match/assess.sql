-- assess(campaign): the verdict on every vehicle of the fleet, with every reason.
-- Grain: one row per vehicle. reasons is empty exactly when the verdict is ELIGIBLE. The eligible set, the counts by
-- reason and the answer for one vehicle all come from here, so they cannot disagree.
create or replace macro assess(wanted) as table
with
chosen as (
  select c.*, u.models as update_models, u.powertrains as update_powertrains
  from campaign c
  join update_definition u on u.name = c.update_name and u.version = c.update_version
  where c.campaign = wanted
),
target as (
  select t.*
  from update_target t
  join chosen c on c.update_name = t.update_name and c.update_version = t.update_version
),
start_range as (
  select
    r.module,
    list({'low': r.low_key, 'high': r.high_key}) as intervals,
    min(coalesce(r.low_key, '')) as lowest
  from update_range r
  join chosen c on c.update_name = r.update_name and c.update_version = r.update_version
  where r.kind = 'FROM'
  group by r.module
),
-- One row per vehicle and module that the update changes, with what the vehicle has there.
target_ecu as (
  select
    v.vin,
    t.module,
    t.hardware,
    t.from_range,
    t.to_version,
    t.to_key,
    s.lowest,
    e.hardware_part,
    e.software_version,
    e.software_key,
    e.vin is not null as is_present,
    len(list_filter(
      s.intervals,
      lambda i: (i.low is null or e.software_key >= i.low) and (i.high is null or e.software_key < i.high)
    )) > 0 as is_in_range
  from vehicle v
  cross join target t
  join start_range s on s.module = t.module
  left join ecu e on e.vin = v.vin and e.module = t.module
),
target_verdict as (
  select
    vin,
    coalesce(software_key = to_key, false) as is_current,
    list_filter([
      case when not is_present
        then {'reason': 'MODULE_MISSING', 'module': module, 'found': 'none', 'expected': module} end,
      case when is_present and len(hardware) > 0 and not list_contains(hardware, hardware_part)
        then {'reason': 'HARDWARE_UNSUPPORTED', 'module': module, 'found': hardware_part,
              'expected': array_to_string(hardware, ' or ')} end,
      case when software_key > to_key
        then {'reason': 'WOULD_DOWNGRADE', 'module': module, 'found': software_version, 'expected': to_version} end,
      case when software_key < to_key and software_key < lowest
        then {'reason': 'VERSION_TOO_OLD', 'module': module, 'found': software_version, 'expected': from_range} end,
      case when software_key < to_key and software_key >= lowest and not is_in_range
        then {'reason': 'VERSION_UNSUPPORTED', 'module': module, 'found': software_version,
              'expected': from_range} end
    ], lambda r: r is not null) as reasons
  from target_ecu
),
ecu_verdict as (
  select vin, bool_and(is_current) as is_current, flatten(list(reasons)) as reasons
  from target_verdict
  group by vin
),
vehicle_verdict as (
  select
    v.vin,
    list_filter([
      case when v.retired_at is not null
        then {'reason': 'RETIRED', 'module': '', 'found': 'out of use since ' || v.retired_at::date,
              'expected': 'a vehicle in use'} end,
      case when len(c.update_models) > 0 and not list_contains(c.update_models, v.model)
        then {'reason': 'WRONG_MODEL', 'module': '', 'found': v.model,
              'expected': array_to_string(c.update_models, ' or ')} end,
      case when len(c.update_powertrains) > 0 and not list_contains(c.update_powertrains, v.powertrain)
        then {'reason': 'WRONG_POWERTRAIN', 'module': '', 'found': v.powertrain,
              'expected': array_to_string(c.update_powertrains, ' or ')} end,
      case when len(c.regions) > 0 and not list_contains(c.regions, v.region)
        then {'reason': 'REGION_RESTRICTED', 'module': '', 'found': v.region,
              'expected': array_to_string(c.regions, ' or ')} end,
      case when (len(c.models) > 0 and not list_contains(c.models, v.model))
          or (len(c.powertrains) > 0 and not list_contains(c.powertrains, v.powertrain))
        then {'reason': 'NOT_IN_AUDIENCE', 'module': '', 'found': v.model || ', ' || v.powertrain,
              'expected': 'the campaign''s audience'} end,
      case when list_contains(c.excluded_vins, v.vin)
        then {'reason': 'EXCLUDED', 'module': '', 'found': v.vin, 'expected': 'not on the exclusion list'} end
    ], lambda r: r is not null) as reasons
  from vehicle v
  cross join chosen c
),
joined as (
  select v.vin, list_concat(v.reasons, e.reasons) as reasons, e.is_current
  from vehicle_verdict v
  join ecu_verdict e on e.vin = v.vin
)
select
  vin,
  case when len(reasons) = 0 and not is_current then 'ELIGIBLE' else 'INELIGIBLE' end as verdict,
  case when len(reasons) = 0 and is_current
    then [{'reason': 'ALREADY_CURRENT', 'module': '', 'found': 'the update''s versions', 'expected': 'older versions'}]
    else reasons end as reasons
from joined;

-- The rules for ECUs, each applied once to every kind of ECU. version_key has the keys of all versions under today's
-- settings, null where they cannot be read. A range without bounds holds whatever the version is.
-- Grain: one row per campaign, item and kind of ECU of the item's module; kind 0 is no such ECU.
create or replace temp table judged_ecu_fault as
with
met as (
  select i.*, k.kind as ecu_kind, k.hardware_part, k.hardware_version, k.protocol, y.software_key,
    coalesce(len(list_filter(i.intervals, lambda r: (r.low is null or y.software_key >= r.low)
      and (r.high is null or y.software_key < r.high))) > 0, false) as is_in_range
  from item i
  join ecu_kind k on k.module = i.module
  left join version_key y on y.module = k.module and y.software_version = k.software_version
)
select campaign, item, 0 as kind,
  case kind when 'FROM' then {MODULE_MISSING} when 'REQUIRES' then {DEPENDENCY_UNMET} else 0 end::bigint as faults
from item
union all
select campaign, item, ecu_kind,
  case kind
    when 'FROM' then
      case when (len(hardware) > 0 and not list_contains(hardware, hardware_part))
          or (len(hardware_versions) > 0 and not list_contains(hardware_versions, hardware_version))
        then {HARDWARE_UNSUPPORTED} else 0 end
      + case when len(protocols) > 0 and not list_contains(protocols, protocol) then {PROTOCOL_UNSUPPORTED} else 0 end
      + case
          when software_key is null then {VERSION_UNKNOWN}
          when software_key = to_key then {ALREADY_CURRENT}
          when software_key > to_key and not allow_downgrade then {WOULD_DOWNGRADE}
          when is_in_range then 0
          when software_key < lowest then {VERSION_TOO_OLD}
          else {VERSION_UNSUPPORTED} end
      + case when way_back_required and software_key <> to_key and not exists (
            select 1
            from way_back b
            where b.module = met.module and b.to_key = met.software_key
              and leads_back(b.hardware, b.hardware_versions, b.image_hardware, met.hardware_part, met.hardware_version))
        then {NO_WAY_BACK} else 0 end
    when 'REQUIRES' then
      case when is_in_range then 0 when software_key is null then {VERSION_UNKNOWN} else {DEPENDENCY_UNMET} end
    else
      case when is_in_range then {CONFLICT} when software_key is null then {VERSION_UNKNOWN} else 0 end
  end
from met;

-- Why each campaign's verdict on the subjects is what it is, with what was found, what would have been needed, and the
-- file and row that told of what was found. Grain: one row per campaign, vehicle, reason and ECU.
with
coded as (
  select unnest({reasons}, recursive := true)
),
from_vehicle as (
  select d.campaign, d.vin, r.bit, r.code, null::varchar as module,
    case r.code
      when 'RETIRED' then 'out of use since ' || strftime(v.retired_at, '%Y-%m-%dT%H:%M:%SZ')
      when 'WRONG_MODEL' then v.model
      when 'WRONG_POWERTRAIN' then v.powertrain
      when 'REGION_RESTRICTED' then v.region
      when 'NOT_IN_AUDIENCE' then v.model || ', ' || v.powertrain
      when 'STALE_DATA' then 'last heard of at ' || strftime(p.heard_at, '%Y-%m-%dT%H:%M:%SZ')
      else v.vin end as found,
    case r.code
      when 'RETIRED' then 'a vehicle in use'
      when 'WRONG_MODEL' then array_to_string(u.models, ' or ')
      when 'WRONG_POWERTRAIN' then array_to_string(u.powertrains, ' or ')
      when 'REGION_RESTRICTED' then array_to_string(c.regions, ' or ')
      when 'NOT_IN_AUDIENCE' then concat_ws(', ', nullif(array_to_string(c.models, ' or '), ''),
        nullif(array_to_string(c.powertrains, ' or '), ''))
      when 'STALE_DATA' then 'an export or a report since ' || strftime(:stale_before, '%Y-%m-%dT%H:%M:%SZ')
      else 'not on the campaign''s list of vehicles to leave out'
        || case when c.exclude_file is null or list_contains(c.excluded_vins, v.vin) then ''
          else ' (' || c.exclude_file || ')' end end as expected,
    v.source_file, v.source_line
  from verdict d
  join campaign c on c.campaign = d.campaign
  join update_definition u on u.name = c.update_name and u.version = c.update_version
  join subject_vehicle v on v.vin = d.vin
  join vehicle_profile p on p.vin = d.vin
  join coded r on (d.vehicle_faults | (d.faults & ({STALE_DATA} | {EXCLUDED}))) & r.bit <> 0
),
from_audience as (
  select a.campaign, a.vin, r.bit, r.code, null::varchar as module, a.found, a.expected, v.source_file, v.source_line
  from audience_finding a
  join subject_vehicle v on v.vin = a.vin
  join coded r on r.code = 'NOT_IN_AUDIENCE'
),
-- Two items of one module may say the same of it.
from_ecu as (
  select distinct d.campaign, d.vin, r.bit, r.code, i.module,
    case r.code
      when 'HARDWARE_UNSUPPORTED' then e.hardware_part || ', version ' || e.hardware_version
      when 'PROTOCOL_UNSUPPORTED' then e.protocol
      else coalesce(e.software_version, 'none') end as found,
    case r.code
      when 'MODULE_MISSING' then i.module
      when 'HARDWARE_UNSUPPORTED' then concat_ws(', version ', nullif(array_to_string(i.hardware, ' or '), ''),
        nullif(array_to_string(i.hardware_versions, ' or '), ''))
      when 'PROTOCOL_UNSUPPORTED' then array_to_string(i.protocols, ' or ')
      when 'WOULD_DOWNGRADE' then 'below ' || i.to_version
      when 'ALREADY_CURRENT' then 'another version than ' || i.to_version
      when 'NO_WAY_BACK' then 'a registered image of this version, to go back to'
      when 'VERSION_UNKNOWN' then 'a version as the settings write those of ' || i.module
      when 'CONFLICT' then 'none in ' || i.range_text
      else i.range_text end as expected,
    e.source_file, e.source_line
  from verdict d
  join item i on i.campaign = d.campaign
  join coded r on d.item_faults[i.item] & d.faults & r.bit <> 0
  left join subject_ecu e on e.vin = d.vin and e.module = i.module
)
select r.* exclude (source_file), coalesce(f.name, r.source_file::varchar) as source_file
from (from from_vehicle union all from from_audience union all from from_ecu) r
left join (select file_id, any_value(name) as name from import_file where outcome = 'LANDED' group by file_id) f
  on f.file_id = r.source_file
order by r.vin, r.campaign, r.bit, r.module;

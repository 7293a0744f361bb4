-- Status events that nothing here stands for: added to staged_rejection.
-- Grain: one row per staged event and fault.
insert into staged_rejection
with
file_event as (select * from staged_event where sha256 = :sha256),
fault as (
  select row_no, line, raw, 'vin' as column_name, 'UNKNOWN_VEHICLE' as rule, vin as found,
    'the VIN of a vehicle in the fleet' as expected
  from file_event
  where vin not in (select vin from vehicle)
  union all
  select row_no, line, raw, 'campaign', 'UNKNOWN_CAMPAIGN', campaign, 'a campaign that is registered here'
  from file_event
  where campaign not in (select campaign from campaign)
  union all
  select row_no, line, raw, 'vin', 'UNKNOWN_ASSIGNMENT', vin || ' in ' || campaign,
    'a vehicle that the campaign was issued to'
  from file_event e
  where vin in (select vin from vehicle)
    and campaign in (select campaign from campaign)
    and not exists (select 1 from manifest m where m.campaign = e.campaign and m.vin = e.vin)
)
select :sha256, 'ERROR', row_no, null, line, raw, column_name, rule, found, expected from fault;

-- Grain: one row when the stored row of the campaign is not that of its definition.
with
stored as (
  select campaign, title, update_name, update_version, author, urgency, priority, regions, models, powertrains,
    excluded_vins, silent_after_seconds, window_begins, window_ends
  from campaign
  where campaign = :campaign
),
derived as (select * from defined_campaign(:definition))
select 'campaign' as altered
where exists ((from stored except all from derived) union all (from derived except all from stored));

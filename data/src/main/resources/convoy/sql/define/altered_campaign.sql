-- Grain: one row per table in which the stored rows of the campaign are not those of its definition.
with
stored as (
  select campaign, title, update_name, update_version, author, urgency, priority, regions, models, powertrains,
    excluded_vins, plants, built_from, built_to, filter, vins_file, vins_sha256, vins_count, exclude_file,
    exclude_sha256, exclude_count, silent_after_seconds, window_begins, window_ends, consent, forced_from
  from campaign
  where campaign = :campaign
),
derived as (select * from defined_campaign(:definition)),
stored_list as (
  select kind, sha256(string_agg(vin || chr(10), '' order by vin)) as sha256, count(*) as vins
  from campaign_vin
  where campaign = :campaign
  group by kind
),
derived_list as (
  select 'ONLY' as kind, vins_sha256 as sha256, vins_count as vins from derived where vins_file is not null
  union all
  select 'EXCLUDED', exclude_sha256, exclude_count from derived where exclude_file is not null
)
select 'campaign' as altered
where exists ((from stored except all from derived) union all (from derived except all from stored))
union all
select 'campaign_vin'
where exists (
  (from stored_list except all from derived_list) union all (from derived_list except all from stored_list));

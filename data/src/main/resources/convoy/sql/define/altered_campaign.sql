-- Grain: one row per table in which the stored rows of the campaign are not those of its definition. The
-- two are put together once, a stored row as 1 and a defined one as -1: where they are alike, all sums are 0.
with
stored as (
  select campaign, title, update_name, update_version, author, urgency, priority, regions, models, powertrains,
    excluded_vins, plants, built_from, built_to, filter, vins_file, vins_sha256, vins_count, exclude_file,
    exclude_sha256, exclude_count, silent_after_seconds, window_begins, window_ends, consent, forced_from
  from campaign
  where campaign = :campaign
),
derived as (select * from ({defined_campaign})),
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
),
both_campaign as (select *, 1 as side from stored union all select *, -1 from derived),
both_lists as (select *, 1 as side from stored_list union all select *, -1 from derived_list)
select 'campaign' as altered
where exists (select * exclude side from both_campaign group by all having sum(side) <> 0)
union all
select 'campaign_vin'
where exists (select * exclude side from both_lists group by all having sum(side) <> 0);

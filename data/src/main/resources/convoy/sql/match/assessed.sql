-- The verdicts of one campaign, computed once for the eligible set and for the counts. Grain: one row per vehicle.
create or replace temp table assessed as
select vin, verdict, list_transform(reasons, lambda r: r.reason) as reasons from assess(:campaign);

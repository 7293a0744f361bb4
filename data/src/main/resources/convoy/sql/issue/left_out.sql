-- The manifests of the campaign that vehicles are to act on and that their newest manifests, of other campaigns, do not
-- carry; not where one that touches it has given the vehicle a newer one. Filled in: which campaigns touch.
-- Grain: one row per manifest.
with
touching as (
  {touching}
),
-- Of several times that it was told to go back, the last one counts.
told_back as (
  select vin, max(version) as version
  from manifest
  where campaign = :campaign and rollback is not null and state = 'ISSUED'
  group by vin
),
asked as (
  select a.vin, case when a.state = 'ROLLBACK_ISSUED' then b.version else a.manifest_version end as version
  from assignment a
  left join told_back b on b.vin = a.vin
  where a.campaign = :campaign and is_carried(a.state)
    and a.vin in (select vin from manifest where campaign <> :campaign)
),
newest as (
  select vin, max(version) as version
  from manifest
  where vin in (select vin from asked)
  group by vin
)
select a.vin, a.version
from asked a
join newest x on x.vin = a.vin
join manifest n on n.vin = x.vin and n.version = x.version and n.state = 'ISSUED' and n.campaign <> :campaign
where not is_misfit(a.vin, a.version)
  and not exists (
    select 1
    from manifest o
    join touching t on t.other = o.campaign
    where t.campaign = :campaign and o.vin = a.vin and o.version > a.version and o.state = 'ISSUED'
      and o.vin in (select vin from asked))
  and not exists (
    select 1 from manifest_part p where p.vin = a.vin and p.version = x.version and p.campaign = :campaign)

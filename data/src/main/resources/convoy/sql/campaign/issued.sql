-- What was issued for the campaign. Grain: one row per manifest, by VIN and version. A later attempt of the same vehicle
-- takes the place of an earlier one, and so does the same under another key, or the manifest that takes the vehicle back;
-- the earlier one has no state of its own any more. published_at: when its shard was published to :destination last.
-- withdrawn_by: the version that took it back.
with
taken_back as (
  select * from manifest where withdraws is not null and not is_resigned(vin, version)
),
taken_home as (
  select vin, max(version) as version
  from manifest
  where campaign = :campaign and rollback is not null and state = 'ISSUED'
  group by vin
)
select m.vin, m.version, m.wave, m.attempt, m.issued_at, m.expires_at,
  case when m.version = coalesce(b.version, a.manifest_version) then a.state else 'REPLACED' end as state,
  p.published_at, w.version as withdrawn_by, w.state as withdrawing, x.withdrawn_at
from manifest m
join assignment a on a.campaign = m.campaign and a.vin = m.vin
left join published_file p on p.destination = :destination and p.path = shard_path(m.campaign, m.wave, m.shard)
left join taken_back w on w.vin = m.vin and w.withdraws = m.version
left join taken_home b on b.vin = m.vin
left join withdrawal x on x.withdrawal = w.withdrawal
where m.campaign = :campaign and m.state = 'ISSUED' and m.withdrawal is null
order by m.vin, m.version;

-- Grain: one row. still_open: issued, and the vehicle may still act on it. published: issued, and its shard stands at
-- :destination. What withdraws others is counted apart, and what says the same once more under another key is not.
select
  (select count(*) from manifest where campaign = :campaign and state = 'ISSUED' and withdrawal is null
    and not is_resigned(vin, version)) as issued,
  (
    select count(*)
    from manifest m
    join published_file p on p.destination = :destination and p.path = shard_path(m.campaign, m.wave, m.shard)
    where m.campaign = :campaign and m.state = 'ISSUED' and m.withdrawal is null
      and not is_resigned(m.vin, m.version)
  ) as published,
  (select count(*) from manifest where campaign = :campaign and state = 'PREPARED' and withdrawal is null
    and not is_resigned(vin, version)) as prepared,
  (
    select count(distinct (vin, withdraws)) from manifest where campaign = :campaign and withdrawal is not null
  ) as withdrawn,
  (
    select count(*) from manifest
    where campaign = :campaign and withdrawal is not null and state = 'PREPARED' and not is_resigned(vin, version)
  ) as withdrawing,
  (select count(*) from dropped_manifest where campaign = :campaign) as dropped,
  (
    select count(*)
    from manifest m
    join assignment a on a.campaign = m.campaign and a.vin = m.vin and a.manifest_version = m.version
    where m.campaign = :campaign and m.state = 'ISSUED'
      and (m.expires_at > :now or (m.vin, m.version) in (
        select c.vin, c.of_version
        from carried c
        join manifest n on n.vin = c.vin and n.version = c.version and n.state = 'ISSUED' and n.expires_at > :now))
      and a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT')
  ) as still_open;

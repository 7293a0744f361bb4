-- What is prepared and not issued carries nothing that a vehicle may no longer act on: it has told its outcome, or was
-- withdrawn, or is asked for by a newer manifest of its campaign; or an ECU of it, or a campaign that touches it, has a
-- newer manifest. Filled in: which campaigns touch. Grain: one row per manifest and manifest that it carries.
delete from carried c
using manifest m
where m.vin = c.vin and m.version = c.version and m.state = 'PREPARED'
  and (is_misfit(c.vin, c.of_version)
    or exists (
      select 1
      from manifest o
      join ({touching}) t on t.campaign = o.campaign
      join manifest n on n.campaign = t.other and n.vin = o.vin and n.version > o.version and n.state = 'ISSUED'
      where o.vin = c.vin and o.version = c.of_version
        and n.vin in (select vin from manifest where state = 'PREPARED'))
    or not exists (
    select 1
    from manifest o
    join assignment a on a.campaign = o.campaign and a.vin = o.vin
    where o.vin = c.vin and o.version = c.of_version
      and case when o.rollback is null then a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT') and a.manifest_version = o.version
        else a.state = 'ROLLBACK_ISSUED' end));

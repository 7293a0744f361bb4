-- The same unit, by its serial: a newly fitted one may well be older. Being seen again at the higher version ends the
-- finding. Grain: one row per ECU that runs less than it once ran, and that no manifest sent back.
with
was as not materialized (
  select hash(o.vin, o.module, o.serial) as h, o.vin, o.module, o.serial, o.observed_at, k.nth, k.key
  from observation o
  join audit_version k on k.module = o.module and k.version = o.software_version
),
is_now as not materialized (
  select hash(e.vin, e.module, e.serial) as h, e.vin, e.module, e.serial, e.observed_at, k.nth, e.software_version,
    e.software_key
  from ecu e
  join audit_version k on k.module = e.module and k.version = e.software_version
),
-- By hashes and numbers first: with all names at hand the comparison would not fit in memory, and few go backwards.
suspect as (
  select w.h
  from was w
  join is_now n on n.h = w.h and w.observed_at < n.observed_at and w.nth > n.nth
  group by w.h
),
suspect_now as (
  select * from is_now where h in (select h from suspect)
),
-- The highest version and when it was last seen, in one number: a struct takes ten times as long.
highest as (
  select n.vin, n.module, max(w.nth * 10000000000000000::hugeint + epoch_us(w.observed_at)) as was
  from was w
  join suspect_now n on n.h = w.h and n.vin = w.vin and n.module = w.module and n.serial = w.serial
    and w.observed_at < n.observed_at and w.key > n.software_key
  group by n.vin, n.module
),
backwards as (
  select n.vin, n.module, n.software_version, n.observed_at, k.version as was_version,
    make_timestamp((h.was % 10000000000000000)::bigint) as was_at
  from highest h
  join suspect_now n on n.vin = h.vin and n.module = h.module
  join audit_version k on k.module = h.module and k.nth = (h.was // 10000000000000000)::bigint
)
select vin, module,
  software_version || ' at ' || strftime(observed_at, '%Y-%m-%dT%H:%M:%SZ') as found,
  was_version || ' or later, as at ' || strftime(was_at, '%Y-%m-%dT%H:%M:%SZ')
    || ', or a manifest since that names ' || software_version as expected
from backwards b
where not exists (
  select 1
  from manifest_target t
  join manifest m on m.vin = t.vin and m.version = t.version
  where t.vin = b.vin and t.module = b.module and t.expected_version = b.software_version
    and m.state = 'ISSUED' and m.issued_at >= b.was_at);

-- What the newest export and the newest report say of an ECU, where they differ and no update accounts for it: newer
-- wins, so the inventory shows one of the two only. Grain: one row per ECU.
with
reported as (
  -- The time and the version in one number: a struct takes ten times as long.
  select s.vin, s.module, max(epoch_us(s.event_at) * 1000000::hugeint + k.nth) as said
  from status_event s
  join audit_version k on k.module = s.module and k.version = s.reported_version
  group by s.vin, s.module
),
statement as (
  select vin, module, observed_at, software_version from observation where source = 'FACTORY'
  union all
  -- An export that confirms what is known leaves no observation.
  select vin, module, observed_at, software_version from ecu where source = 'FACTORY'
),
exported as (
  select t.vin, t.module, max(epoch_us(t.observed_at) * 1000000::hugeint + k.nth) as said
  from statement t
  join reported r on r.vin = t.vin and r.module = t.module
  join audit_version k on k.module = t.module and k.version = t.software_version
  group by t.vin, t.module
),
both_said as (
  select r.vin, r.module,
    rk.version as reported_version, make_timestamp((r.said // 1000000)::bigint) as reported_at,
    xk.version as exported_version, make_timestamp((x.said // 1000000)::bigint) as exported_at
  from reported r
  join exported x on x.vin = r.vin and x.module = r.module
  join audit_version rk on rk.module = r.module and rk.nth = (r.said % 1000000)::bigint
  join audit_version xk on xk.module = x.module and xk.nth = (x.said % 1000000)::bigint
  where rk.key is distinct from xk.key
)
select vin, module,
  'the vehicle reported ' || reported_version || ' at ' || strftime(reported_at, '%Y-%m-%dT%H:%M:%SZ') as found,
  exported_version || ', as an export said at ' || strftime(exported_at, '%Y-%m-%dT%H:%M:%SZ')
    || ', or an update since that names ' || reported_version as expected
from both_said b
where reported_at < exported_at
  or not exists (
    select 1
    from manifest_target t
    join manifest m on m.vin = t.vin and m.version = t.version
    where t.vin = b.vin and t.module = b.module and t.expected_version = b.reported_version and m.state = 'ISSUED');

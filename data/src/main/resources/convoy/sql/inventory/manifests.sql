-- The manifests of one vehicle, oldest first. carries: what they ask for of other campaigns. Grain: one row per manifest,
-- its ECUs as text.
with
mine as (select * from manifest where vin = :vin),
changed as (
  select version, string_agg(module || ' ' || before_version || ' to ' || expected_version, ', ' order by module) as targets
  from manifest_target
  where vin = :vin
  group by version
),
beside as (
  select c.version,
    string_agg('manifest ' || c.of_version || ' of ' || o.campaign || ': ' || t.targets, '; ' order by c.of_version) as carries
  from carried c
  join mine o on o.version = c.of_version
  join changed t on t.version = c.of_version
  where c.vin = :vin
  group by c.version
)
select m.version, m.withdraws, m.campaign, m.wave, m.attempt, m.state, m.issued_at, m.expires_at,
  coalesce(t.targets, '') as targets, coalesce(b.carries, '') as carries
from mine m
left join changed t on t.version = m.version
left join beside b on b.version = m.version
order by m.version;

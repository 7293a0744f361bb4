-- The manifests of one vehicle, oldest first. Grain: one row per manifest, its ECUs as text.
with
mine as (select * from manifest where vin = :vin),
changed as (
  select version, string_agg(module || ' ' || before_version || ' to ' || expected_version, ', ' order by module) as targets
  from manifest_target
  where vin = :vin
  group by version
)
select m.version, m.withdraws, m.campaign, m.wave, m.attempt, m.state, m.issued_at, m.expires_at, coalesce(t.targets, '') as targets
from mine m
left join changed t on t.version = m.version
order by m.version;

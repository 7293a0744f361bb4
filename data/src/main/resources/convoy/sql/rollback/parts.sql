-- The ECUs that are to go back, of the vehicles in back_vehicle, and to which image. Those are all that the campaign's
-- manifests have named, and that do not run the version from before them; also one whose last outcome is a failure that
-- does not say what it runs, since it may be half written. ECUs that never changed are not among them.
-- trusted: the updates whose images may be installed, 'name version' each. release_counter: of the image's latest
-- release, where the ECU takes it, as it does one that it was given before. newer: the campaign that touches this one and has
-- given the vehicle a newer manifest. Filled in: which campaigns touch. problem: why there is no way back.
-- Grain: one row per vehicle and module.
create or replace temp table back_part as
with
touching as (
  {touching}
),
given as (
  select k.vin, k.module, arg_min(k.before_version, m.version) as before_version,
    arg_min(k.before_key, m.version) as before_key, arg_min(k.hardware_part, m.version) as hardware_then,
    max(m.version) as version
  from manifest m
  join back_vehicle b on b.vin = m.vin
  join manifest_target k on k.vin = m.vin and k.version = m.version
  where m.campaign = :campaign and m.state = 'ISSUED' and m.withdrawal is null and m.rollback is null
  group by k.vin, k.module
),
said as (
  select e.vin, e.module, max(e.event_at) filter (e.state = 'FAILED' and e.reported_key is null) as failed_at,
    max(e.event_at) filter (is_outcome(e.state) and e.reported_key is not null) as said_at
  from status_event e
  join back_vehicle b on b.vin = e.vin
  where e.campaign = :campaign
  group by e.vin, e.module
),
newer as (
  select m.vin, arg_max(m.campaign, m.version) as campaign, max(m.version) as version
  from manifest m
  join back_vehicle b on b.vin = m.vin
  where m.campaign <> :campaign
    and (m.campaign in (select other from touching where campaign = :campaign)
      -- Two modules of a vehicle may be one ECU.
      or exists (
        select 1
        from manifest_target x
        join manifest_target y on y.vin = x.vin and y.ecu_serial = x.ecu_serial
        join manifest o on o.vin = y.vin and o.version = y.version and o.campaign = :campaign
        where x.vin = m.vin and x.version = m.version))
  group by m.vin
),
changed as (
  select g.vin, g.module, g.before_version, g.before_key, g.hardware_then, e.serial, e.hardware_part,
    e.hardware_version, e.software_version, e.software_key, e.certificate, n.campaign as newer
  from given g
  left join ecu e on e.vin = g.vin and e.module = g.module
  left join said s on s.vin = g.vin and s.module = g.module
  left join newer n on n.vin = g.vin and n.version > g.version
  where e.vin is null or e.software_key <> g.before_key or s.failed_at > coalesce(s.said_at, timestamp '1970-01-01')
),
fitting as (
  select c.vin, c.module, s.update_name, s.update_version, s.to_version
  from changed c
  join way_back s on s.module = c.module and s.to_key = c.before_key
    and leads_back(s.hardware, s.hardware_versions, s.image_hardware, c.hardware_part, c.hardware_version)
  join image i on i.sha256 = s.image_sha256 and i.verified_at is not null
  where list_contains(cast(cast(:trusted as json) as varchar[]), s.update_name || ' ' || s.update_version)
  qualify row_number() over (partition by c.vin, c.module order by s.release_counter desc) = 1
),
taken as (
  select k.vin, k.module, max(coalesce(k.release_counter, t.release_counter)) as release_counter
  from manifest m
  join back_vehicle b on b.vin = m.vin
  join manifest_target k on k.vin = m.vin and k.version = m.version
  join campaign c on c.campaign = m.campaign
  join update_target t on t.update_name = c.update_name and t.update_version = c.update_version and t.module = k.module
  group by k.vin, k.module
)
select c.vin, c.module, c.serial, c.hardware_part, c.software_version, c.software_key, c.certificate, f.update_name, f.update_version,
  f.to_version, r.release_counter, c.newer,
  case
    when c.newer is not null then 'campaign ' || c.newer || ' has given it a newer manifest'
    when c.serial is null then 'no ' || c.module || ' is known of it any more'
    when c.hardware_part <> c.hardware_then
      then 'its ' || c.module || ' has hardware ' || c.hardware_part || ', and had ' || c.hardware_then
    when f.vin is null
      then 'no image of ' || c.module || ' ' || c.before_version || ' that may be installed on hardware '
        || c.hardware_part || ' is registered' end as problem
from changed c
left join fitting f on f.vin = c.vin and f.module = c.module
left join taken t on t.vin = c.vin and t.module = c.module
left join latest_re_release r
  on r.update_name = f.update_name and r.update_version = f.update_version and r.module = c.module
  and r.release_counter >= t.release_counter;

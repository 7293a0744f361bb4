-- The assignments that wait to be folded, with all that is known of them, as JSON. Grain: one row per assignment.
with
page as (
  select distinct campaign, vin
  from fold_queue
  where (campaign, vin) > (:after_campaign, :after_vin)
  order by campaign, vin
  limit :rows
),
issued as (
  -- Also under the manifests of other campaigns that carry it.
  select m.campaign, m.vin, to_json(list({'attempt': m.attempt, 'version': m.version})) as issued
  from manifest_part m
  join page p on p.campaign = m.campaign and p.vin = m.vin
  where m.withdrawal is null and m.rollback is null
  group by m.campaign, m.vin
),
target as (
  select m.campaign, m.vin,
    to_json(list({'module': m.module, 'expectedKey': t.to_key, 'beforeKey': m.before_key})) as targets
  from (
    select m.campaign, m.vin, k.module, arg_min(k.before_key, m.version) as before_key
    from manifest m
    join page p on p.campaign = m.campaign and p.vin = m.vin
    join manifest_target k on k.vin = m.vin and k.version = m.version
    where m.rollback is null
    group by m.campaign, m.vin, k.module
  ) m
  join campaign c on c.campaign = m.campaign
  join update_target t
    on t.update_name = c.update_name and t.update_version = c.update_version and t.module = m.module
  group by m.campaign, m.vin
),
told_back as (
  select m.campaign, m.vin, m.attempt, list(m.version order by m.version) as versions, max(m.of_version) as version
  from manifest_part m
  join page p on p.campaign = m.campaign and p.vin = m.vin
  where m.rollback is not null and m.state = 'ISSUED'
  group by m.campaign, m.vin, m.attempt
),
back_attempt as (
  select m.campaign, m.vin, m.attempt, m.versions, list({'module': k.module, 'expectedKey': t.to_key}) as targets
  from told_back m
  join manifest_target k on k.vin = m.vin and k.version = m.version
  join re_release r on r.module = k.module and r.release_counter = k.release_counter
  join update_target t
    on t.update_name = r.update_name and t.update_version = r.update_version and t.module = r.module
  group by m.campaign, m.vin, m.attempt, m.versions
),
back as (
  select campaign, vin,
    to_json(list({'attempt': attempt, 'versions': versions, 'targets': targets} order by attempt)) as rollbacks
  from back_attempt
  group by campaign, vin
),
event as (
  select e.campaign, e.vin,
    to_json(list({
      'eventId': e.event_id, 'at': epoch_us(e.event_at), 'module': e.module, 'manifestVersion': e.manifest_version,
      'attempt': e.attempt, 'state': e.state, 'reportedKey': e.reported_key,
      'errorCode': e.error_code, 'text': e.text
    })) as events,
    count(*) filter (is_outcome(e.state)) as outcomes
  from status_event e
  join page p on p.campaign = e.campaign and p.vin = e.vin
  group by e.campaign, e.vin
)
select p.campaign, p.vin, a.attempt, a.manifest_version, i.issued::varchar as issued, t.targets::varchar as targets,
  e.events::varchar as events, e.outcomes, w.reason as withdrawn, d.reason as asked_back,
  b.rollbacks::varchar as rollbacks
from page p
join assignment a on a.campaign = p.campaign and a.vin = p.vin
join issued i on i.campaign = p.campaign and i.vin = p.vin
join target t on t.campaign = p.campaign and t.vin = p.vin
join event e on e.campaign = p.campaign and e.vin = p.vin
left join withdrawal w on w.withdrawal = a.withdrawal
left join rollback d on d.rollback = a.rollback
left join back b on b.campaign = p.campaign and b.vin = p.vin
order by p.campaign, p.vin;

-- A vehicle has at most one open manifest for an ECU. Of the assignments whose turn has come and that touch each other,
-- the one of the campaign that goes first (urgency, then priority, then age) may be issued; the others wait and name it.
-- Whoever touches no other need not wait. Filled in: which campaigns touch.
-- Grain: one row per assignment that is blocked or was.
update assignment a
set state = case
      when b.waiting_for is not null and a.state = 'PLANNED' then 'WAITING'
      when b.waiting_for is null and a.state = 'WAITING' then 'PLANNED'
      else a.state end,
  state_at = case
      when (b.waiting_for is not null and a.state = 'PLANNED') or (b.waiting_for is null and a.state = 'WAITING')
        then :now
      else a.state_at end,
  waiting_for = b.waiting_for
from (
  with
  place_of as (
    select campaign, state,
      row_number() over (order by {first}) as place
    from campaign c
  ),
  touching as (
    {touching}
  ),
  claim as (
    select a.campaign, a.vin, a.state, c.place,
      holds_ecus(a.state)
        or exists (
          select 1 from manifest m
          where m.campaign = a.campaign and m.vin = a.vin and m.state = 'PREPARED' and m.withdrawal is null
        ) as has_open_manifest,
      c.state = 'RUNNING'
        and (a.state = 'RETRY_DUE' or (a.state in ('PLANNED', 'WAITING') and is_issued(w.state))) as wants_one
    from assignment a
    join place_of c on c.campaign = a.campaign
    join wave w on w.campaign = a.campaign and w.wave = a.wave
    where a.state in ('PLANNED', 'WAITING', 'RETRY_DUE', 'ISSUED', 'IN_PROGRESS', 'SILENT', 'ROLLBACK_DUE',
      'ROLLBACK_ISSUED')
  ),
  rival as (
    select mine.campaign, mine.vin, other.campaign as other,
      case when other.has_open_manifest then other.place - 1000000000 else other.place end as other_place, t.modules is not null as is_touching
    from claim mine
    join claim other
      on other.vin = mine.vin
      and other.campaign <> mine.campaign
      and (other.has_open_manifest or (other.wants_one and other.place < mine.place))
    left join touching t on t.campaign = mine.campaign and t.other = other.campaign
    where mine.wants_one and not mine.has_open_manifest
  ),
  -- Two modules of a vehicle may be one ECU, which a manifest lists once.
  unit as (
    select distinct r.campaign, r.vin, e.serial
    from (
      select campaign, vin from rival where not is_touching union select other, vin from rival where not is_touching
    ) r
    join campaign c on c.campaign = r.campaign
    join update_target t on t.update_name = c.update_name and t.update_version = c.update_version
    join ecu e on e.vin = r.vin and e.module = t.module
    union
    select m.campaign, m.vin, k.ecu_serial
    from rival r
    join manifest m on m.campaign = r.other and m.vin = r.vin
    join manifest_target k on k.vin = m.vin and k.version = m.version
    where not r.is_touching
  ),
  in_the_way as (
    select campaign, vin, other, other_place
    from rival
    where is_touching
    union
    select r.campaign, r.vin, r.other, r.other_place
    from rival r
    join unit mine on mine.campaign = r.campaign and mine.vin = r.vin
    join unit theirs on theirs.campaign = r.other and theirs.vin = r.vin and theirs.serial = mine.serial
  )
  select mine.campaign, mine.vin, arg_min(i.other, i.other_place) as waiting_for
  from claim mine
  left join in_the_way i on i.campaign = mine.campaign and i.vin = mine.vin
  where not mine.has_open_manifest
  group by mine.campaign, mine.vin
) b
where b.campaign = a.campaign
  and b.vin = a.vin
  and (b.waiting_for is distinct from a.waiting_for or a.state = 'WAITING');

-- A vehicle has at most one open manifest. Of the assignments whose turn has come, the one of the campaign that goes
-- first (urgency, then priority, then age) may be issued; the others wait and name it.
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
  claim as (
    select a.campaign, a.vin, a.state, c.place,
      holds_vehicle(a.state)
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
  )
  select mine.campaign, mine.vin,
    arg_min(other.campaign, case when other.has_open_manifest then 0 else other.place end) as waiting_for
  from claim mine
  left join claim other
    on mine.wants_one
    and other.vin = mine.vin
    and other.campaign <> mine.campaign
    and (other.has_open_manifest or (other.wants_one and other.place < mine.place))
  where not mine.has_open_manifest
  group by mine.campaign, mine.vin
) b
where b.campaign = a.campaign
  and b.vin = a.vin
  and (b.waiting_for is distinct from a.waiting_for or a.state = 'WAITING');

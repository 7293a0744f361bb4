-- The assignments of the campaign whose turn has come. A vehicle that went back before, and so refuses the release
-- counters of the update, waits until the image repository lists a higher one. listed: the releases that it lists, 'module
-- counter' each. is_later: another campaign has prepared a manifest for the vehicle; it gets its own once that is written.
-- unwritten: so does one that got a manifest together with what is still prepared of these campaigns: the job was cut off
-- in between, and shards are to have the same vehicles as without that. Grain: one row per vehicle.
create or replace temp table turn as
select a.vin, a.wave, a.attempt + 1 as attempt,
  a.vin in (
    select vin
    from manifest
    where campaign <> :campaign and withdrawal is null
      and (state = 'PREPARED' or issued_at >= (
        select min(issued_at)
        from manifest
        where state = 'PREPARED' and withdrawal is null
          and list_contains(cast(cast(:unwritten as json) as varchar[]), campaign)))
  ) as is_later
from assignment a
join wave w on w.campaign = a.campaign and w.wave = a.wave
where a.campaign = :campaign
  and a.waiting_for is null
  and ((a.state = 'PLANNED' and is_issued(w.state)) or (a.state = 'RETRY_DUE' and a.due_at <= :now))
  and a.vin not in (select vin from manifest where state = 'PREPARED' and campaign = :campaign)
  and not exists (
    select 1
    from campaign c
    join update_target t on t.update_name = c.update_name and t.update_version = c.update_version
    join taken_re_release k on k.vin = a.vin and k.module = t.module and k.release_counter > t.release_counter
    left join latest_re_release r
      on r.update_name = t.update_name and r.update_version = t.update_version and r.module = t.module
      and r.release_counter >= k.release_counter
      and list_contains(cast(cast(:listed as json) as varchar[]), r.module || ' ' || r.release_counter)
    where c.campaign = a.campaign and r.module is null);

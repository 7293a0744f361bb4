-- What the vehicles that are to get a manifest of the campaign may still act on of other campaigns: it is carried on. Not of
-- an update that was withdrawn, which nothing asks for once more, nor what the vehicle refuses by now, nor where one that
-- touches it has given the vehicle a newer manifest. Filled in: the vehicles; which campaigns touch. expires_at: until when
-- it holds by now. Grain: one row per vehicle and other campaign.
create or replace temp table carry as
with
touching as (
  {touching}
),
open_beside as (
  select a.vin, a.campaign, a.state, a.manifest_version
  from assignment a
  where a.campaign <> :campaign and is_carried(a.state) and a.vin in ({asked})
),
part as (
  select p.vin, p.campaign, p.of_version, p.rollback, max(p.expires_at) as expires_at
  from manifest_part p
  where p.state = 'ISSUED' and p.withdrawal is null and p.vin in (select vin from open_beside)
  group by p.vin, p.campaign, p.of_version, p.rollback
)
select o.vin, o.campaign, p.of_version, p.expires_at
from open_beside o
join part p
  on p.vin = o.vin and p.campaign = o.campaign
  and case when o.state = 'ROLLBACK_ISSUED' then p.rollback is not null
    else p.rollback is null and p.of_version = o.manifest_version end
join campaign c on c.campaign = o.campaign
join update_definition u on u.name = c.update_name and u.version = c.update_version
where p.expires_at > :now and (p.rollback is not null or u.withdrawn_at is null) and not is_misfit(p.vin, p.of_version)
  and not exists (
    select 1
    from manifest n
    join touching t on t.other = n.campaign
    where t.campaign = p.campaign and n.vin = p.vin and n.version > p.of_version and n.state = 'ISSUED'
      and n.vin in (select vin from open_beside))
-- Of several times that it was told to go back, the last one counts.
qualify row_number() over (partition by o.vin, o.campaign order by p.of_version desc) = 1;

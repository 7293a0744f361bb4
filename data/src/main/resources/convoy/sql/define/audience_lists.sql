-- What the fleet knows of the campaign's lists. Grain: one row per list.
select l.kind,
  case l.kind when 'ONLY' then any_value(c.vins_file) else any_value(c.exclude_file) end as file,
  count(*) as vins, count(*) filter (l.vin not in (select vin from vehicle)) as unknown
from campaign_vin l
join campaign c on c.campaign = l.campaign
where l.campaign = :campaign
group by l.kind
order by l.kind desc;

-- Grain: one row per wave of the campaign.
select w.wave, w.name, count(a.vin) as vehicles, count(a.vin) filter (a.waiting_for is not null) as waiting,
  coalesce(sum(k.bytes), 0)::bigint as bytes, count(a.vin) filter (k.has_no_way_back) as without_way_back,
  array_to_string(list_sort(coalesce(min(a.vin, 5), [])), ' ') as vins
from wave w
left join assignment a on a.campaign = w.campaign and a.wave = w.wave
left join weight k on k.vin = a.vin
where w.campaign = :campaign
group by w.wave, w.name
order by w.wave;

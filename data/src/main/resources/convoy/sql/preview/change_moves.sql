-- Grain: one row per wave before and after that are not the same.
select b.wave as from_wave, a.wave as to_wave, count(*) as vehicles,
  array_to_string(list_sort(min(a.vin, 5)), ' ') as vins
from outcome_before b
join outcome a on a.vin = b.vin
where a.wave <> b.wave
group by b.wave, a.wave
order by b.wave, a.wave;

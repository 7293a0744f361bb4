-- Grain: one row per wave, region and model of the campaign.
select a.wave, v.region, v.model, count(*) as vehicles
from assignment a
join vehicle v on v.vin = a.vin
where a.campaign = :campaign
group by a.wave, v.region, v.model
order by a.wave, v.region, v.model;

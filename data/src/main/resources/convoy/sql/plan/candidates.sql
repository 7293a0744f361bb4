-- The campaign's eligible vehicles by kind (model and region), each kind in the order of a hash of campaign and VIN: the
-- same input gives the same order, and none is served first for its VIN. Grain: one row per vehicle.
create or replace temp table candidate as
select e.vin, dense_rank() over (order by v.model, v.region) as kind,
  row_number() over (partition by v.model, v.region order by md5(:campaign || ':' || e.vin), e.vin) as place
from eligible e
join vehicle v on v.vin = e.vin
where e.campaign = :campaign;

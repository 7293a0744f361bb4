-- Newer wins: what is older than the fleet's own observation changes nothing.
merge into vehicle v
using (select * from landing_vehicle where change <> 'OLDER') l
on v.vin = l.vin
when matched and l.change = 'CHANGED' then update set
  model = l.model, model_year = l.model_year, powertrain = l.powertrain, region = l.region,
  engine_number = l.engine_number, chassis_number = l.chassis_number, manufactured_on = l.manufactured_on,
  plant = l.plant, observed_at = l.observed_at, source_file = :file, source_line = l.line,
  retired_at = case when l.observed_at < v.retired_at then v.retired_at end
when matched then update set
  observed_at = l.observed_at, source_file = :file, source_line = l.line,
  retired_at = case when l.observed_at < v.retired_at then v.retired_at end
when not matched then insert
  (vin, model, model_year, powertrain, region, engine_number, chassis_number, manufactured_on, plant,
   observed_at, source_file, source_line)
  values
  (l.vin, l.model, l.model_year, l.powertrain, l.region, l.engine_number, l.chassis_number, l.manufactured_on, l.plant,
   l.observed_at, :file, l.line);

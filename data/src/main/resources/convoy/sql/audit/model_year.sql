-- Grain: one row per vehicle built after its model year ended, or more than two years before it began.
select vin, null::varchar as module, 'built on ' || manufactured_on || ', model year ' || model_year as found,
  'built from ' || make_date(model_year - 2, 1, 1) || ' to ' || make_date(model_year, 12, 31) as expected
from vehicle
where manufactured_on not between make_date(model_year - 2, 1, 1) and make_date(model_year, 12, 31);

-- What the checks compare with and the store does not keep; filled by the job.

-- Grain: one row per module and version. Within its module, nth rises with the key; a number stands for a version where
-- millions of them are compared. The key is null when the settings cannot read the version.
create or replace temp table audit_version (
  module varchar not null,
  version varchar not null,
  key varchar,
  nth bigint not null
);

-- Grain: one row per module that a powertrain rules out.
create or replace temp table audit_impossible (powertrain varchar not null, module varchar not null);

-- shared_number(what): the vehicles whose engine or chassis number another vehicle has too. Grain: one row per vehicle.
create or replace temp macro shared_number(wanted) as table
with
numbered as (
  select vin, 'engine' as what, engine_number as number from vehicle
  union all
  select vin, 'chassis', chassis_number from vehicle
),
asked as (select vin, number from numbered where what = wanted and number is not null),
shared as (
  select number, min(vin) as first_vin, max(vin) as last_vin, count(distinct vin) as vehicles
  from asked
  group by number
  having min(vin) <> max(vin)
)
select a.vin, null::varchar as module, wanted || ' number ' || a.number as found,
  'a number of one vehicle only (here: of ' || x.vehicles || ', also of '
    || case a.vin when x.first_vin then x.last_vin else x.first_vin end || ')' as expected
from asked a
join shared x on x.number = a.number;

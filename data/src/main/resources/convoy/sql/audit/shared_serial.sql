-- Grain: one row per ECU whose serial an ECU of the same module has in another vehicle.
with
-- Hashes first: a table of all serials would not fit in memory, and nearly all stand alone.
candidate as (
  select h from (select hash(module, serial) as h from ecu) group by h having count(*) > 1
),
suspect as (
  select vin, module, serial from ecu where hash(module, serial) in (select h from candidate)
),
shared as (
  select module, serial, min(vin) as first_vin, max(vin) as last_vin, count(distinct vin) as vehicles
  from suspect
  group by module, serial
  having min(vin) <> max(vin)
)
select s.vin, s.module, 'serial ' || s.serial as found,
  'a serial in one vehicle only (here: in ' || x.vehicles || ', also in '
    || case s.vin when x.first_vin then x.last_vin else x.first_vin end || ')' as expected
from suspect s
join shared x on x.module = s.module and x.serial = s.serial;

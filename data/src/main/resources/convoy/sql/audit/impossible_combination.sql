-- Grain: one row per ECU that a vehicle of that powertrain cannot have (audit.impossible of the settings).
select v.vin, e.module, v.powertrain || ' with ' || e.module as found,
  'a powertrain and modules that go together' as expected
from ecu e
join vehicle v on v.vin = e.vin
join audit_impossible i on i.powertrain = v.powertrain and i.module = e.module;

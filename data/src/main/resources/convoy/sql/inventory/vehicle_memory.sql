-- What the vehicles of manifests that install something know of themselves. Of a range of
-- VINs. Grain: one row per manifest and ECU that it addresses.
select k.vin, k.version, k.module, k.before_version, m.rollback is not null as rollback, v.model, v.region
from manifest_target k
join manifest m on m.vin = k.vin and m.version = k.version
join vehicle v on v.vin = k.vin
where k.vin >= :from and k.vin < :before

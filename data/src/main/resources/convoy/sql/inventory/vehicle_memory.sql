-- What the vehicles of a range of VINs know of themselves, by manifests that install something. Grain: one row per
-- manifest, campaign that it asks for, and ECU that it addresses.
select k.vin, m.version, m.campaign, k.module, k.before_version, m.rollback is not null as rollback, v.model, v.region
from manifest_target k
join manifest_part m on m.vin = k.vin and m.of_version = k.version
join vehicle v on v.vin = k.vin
where k.vin >= :from and k.vin < :before

-- What the manifests of one shard say that withdraw others, but for what they carry. Grain: one row per vehicle.
select vin, version, attempt, correlation_id, issued_at, expires_at
from manifest
where campaign = :campaign and wave = :wave and shard = :shard and withdrawal is not null
order by vin;

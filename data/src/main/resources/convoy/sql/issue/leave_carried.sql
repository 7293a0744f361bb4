-- The manifests of one shard carry no longer what was first issued in another one. Grain: one row per manifest.
delete from carried k
using manifest m, manifest o
where m.vin = k.vin and m.version = k.version and m.state = 'PREPARED'
  and m.campaign = :campaign and m.wave = :wave and m.shard = :shard
  and o.vin = k.vin and o.version = k.of_version
  and o.campaign = :source_campaign and o.wave = :source_wave and o.shard = :source_shard;

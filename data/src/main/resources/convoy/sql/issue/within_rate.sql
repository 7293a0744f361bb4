-- The end of a selection of turns (t). Of more than today's rate leaves, those that are tried again come first, then wave by
-- wave, by the plan's hash. Grain: one row per vehicle.
qualify row_number() over (order by t.attempt > 1 desc, t.wave, md5(:campaign || ':' || t.vin), t.vin) <= :allowance

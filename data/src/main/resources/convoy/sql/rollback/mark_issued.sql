-- One that is told once more, under another key, stays what it has become. Grain: one row per vehicle of the shard that
-- is told to go back.
update assignment a
set state = 'ROLLBACK_ISSUED', state_at = :now, waiting_for = null, due_at = null, deadline_at = null
from manifest m
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard and m.state = 'PREPARED'
  and m.rollback is not null and not is_resigned(m.vin, m.version)
  and a.campaign = m.campaign and a.vin = m.vin;

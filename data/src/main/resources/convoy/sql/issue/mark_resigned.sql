-- A manifest that says the same once more takes the place of the earlier one. What the vehicle has reported stays, and it
-- gets the time to report once more. Grain: one row per vehicle of the shard.
update assignment a
set manifest_version = m.version,
  deadline_at = case when a.state in ('ISSUED', 'IN_PROGRESS')
    then greatest(:now, coalesce(c.forced_from, :now)) + to_seconds(c.silent_after_seconds) else a.deadline_at end
from manifest m, campaign c
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard and m.state = 'PREPARED'
  and m.withdrawal is null and is_resigned(m.vin, m.version)
  and c.campaign = m.campaign
  and a.campaign = m.campaign and a.vin = m.vin;

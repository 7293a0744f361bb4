-- A vehicle that waits for its owner up to a time is not silent before it. Assignments of manifests that withdraw have
-- ended before. Grain: one row per vehicle of the shard.
update assignment a
set state = 'ISSUED', attempt = m.attempt, manifest_version = m.version, state_at = :now, due_at = null,
  deadline_at = greatest(:now, coalesce(c.forced_from, :now)) + to_seconds(c.silent_after_seconds),
  error_code = null, failed_module = null, reason = null
from manifest m, campaign c
where m.campaign = :campaign and m.wave = :wave and m.shard = :shard and m.state = 'PREPARED'
  and m.withdrawal is null and m.rollback is null and not is_resigned(m.vin, m.version)
  and c.campaign = m.campaign
  and a.campaign = m.campaign and a.vin = m.vin;

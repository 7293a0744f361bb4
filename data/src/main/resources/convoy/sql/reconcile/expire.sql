-- Manifests that ran out without an outcome, and of which none of another campaign that carries them still holds. A late
-- report takes an assignment out of EXPIRED again. Grain: one row per such assignment.
update assignment a
set state = 'EXPIRED', state_at = :now, deadline_at = null, reason = 'its manifest ran out without an outcome'
from manifest m
where m.campaign = a.campaign and m.vin = a.vin and m.version = a.manifest_version
  and a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT') and m.expires_at < :now
  and not exists (
    select 1
    from carried c
    join manifest n on n.vin = c.vin and n.version = c.version and n.state = 'ISSUED' and n.expires_at >= :now
    where c.vin = m.vin and c.of_version = m.version);

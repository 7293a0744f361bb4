-- Manifests that ran out without an outcome. A late report takes an assignment out of EXPIRED again.
update assignment a
set state = 'EXPIRED', state_at = :now, deadline_at = null, reason = 'its manifest ran out without an outcome'
from manifest m
where m.campaign = a.campaign and m.vin = a.vin and m.version = a.manifest_version
  and a.state in ('ISSUED', 'IN_PROGRESS', 'SILENT') and m.expires_at < :now;

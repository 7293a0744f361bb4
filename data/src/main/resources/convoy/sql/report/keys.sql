-- What of the Director and the image repository can run out, as the last issueManifests found it; days are whole ones from
-- then on. Grain: one row per root, key and list of images.
select repository as "Repository", what as "What", role as "Role", keyid as "Key", state as "State", ends_at as "Ends",
  cast(floor(date_diff('second', checked_at, ends_at) / 86400.0) as bigint) as "Days left", warning as "Warning",
  checked_at as "As of"
from repository_part
order by position;

-- What the checks compare with and the store does not keep; filled by the job.

-- Grain: one row per module and version. Within its module, nth rises with the key; a number stands for a version where
-- millions of them are compared. The key is null when the settings cannot read the version.
create or replace temp table audit_version (
  module varchar not null,
  version varchar not null,
  key varchar,
  nth bigint not null
);

-- Grain: one row per module that a powertrain rules out.
create or replace temp table audit_impossible (powertrain varchar not null, module varchar not null);

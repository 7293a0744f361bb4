-- The fleet store. Times are UTC. States are text. There are no indexes on purpose: every
-- job works on whole sets, and DuckDB's primary keys would cost more than they prove; the
-- landing SQL keeps the grain of each table, and tests hold it.

create table store_info (
  schema_version integer not null
);

-- One row per nightly or urgent run.
create table run (
  run_id varchar not null,
  kind varchar not null,              -- NIGHTLY, URGENT, WITHDRAW, ROLLBACK, REGISTER, IMPORT, IMAGES, PUBLISH
  campaign varchar,                   -- the campaign of a run that is for one
  started_at timestamp not null,
  ended_at timestamp,
  outcome varchar                     -- DONE, REFUSALS, UNDELIVERED (not all was published)
);

-- One row per input file that was taken over or refused, by content. accepted + unchanged + quarantined = read.
create table import_file (
  file_id bigint not null,            -- the first 60 bits of sha256: what facts name their file by
  sha256 varchar not null,
  purpose varchar not null,           -- MANUFACTURING, STATUS
  name varchar not null,
  size_bytes bigint not null,
  run_id varchar not null,
  outcome varchar not null,           -- LANDED, REFUSED
  message varchar,                    -- why it was refused
  rows_read bigint not null,
  rows_accepted bigint not null,
  rows_unchanged bigint not null,
  rows_quarantined bigint not null,
  rows_warned bigint not null,        -- of those that were kept
  vehicles_missing bigint not null,   -- a full export's
  ecus_released bigint not null,      -- that had waited for a vehicle of this file
  landed_at timestamp not null
);

-- One row per vehicle.
create table vehicle (
  vin varchar not null,
  model varchar not null,
  model_year integer not null,
  powertrain varchar not null,
  region varchar not null,
  engine_number varchar,
  chassis_number varchar,
  manufactured_on date not null,
  plant varchar,
  observed_at timestamp not null,     -- when these facts were true; the newer observation wins
  source_file bigint not null,        -- the file they came from, which also breaks ties of observed_at
  source_line bigint not null,
  retired_at timestamp                -- out of use since, by an operator's word; a newer observation ends it
);

-- One row per vehicle and module.
create table ecu (
  vin varchar not null,
  module varchar not null,
  serial varchar not null,
  hardware_part varchar not null,
  hardware_version varchar not null,
  software_version varchar not null,
  software_key varchar not null,      -- order-preserving key of software_version
  calibration varchar,
  protocol varchar not null,
  rxswin varchar,
  certificate varchar,
  observed_at timestamp not null,
  source varchar not null,            -- FACTORY, STATUS, VERSION_REPORT
  source_file bigint not null,
  source_line bigint not null
);

-- One row per change of an ECU fact: its history, with the file and row that told of it. What a file says of an ECU
-- that was already known is not kept again, save that it was older than what is known and differs.
create table observation (
  vin varchar not null,
  module varchar not null,
  serial varchar not null,
  hardware_part varchar not null,
  hardware_version varchar not null,
  software_version varchar not null,
  calibration varchar,
  protocol varchar not null,
  rxswin varchar,
  certificate varchar,
  observed_at timestamp not null,
  source varchar not null,
  source_file bigint not null,
  source_line bigint not null,
  recorded_at timestamp not null
);

-- One row per reason why an input row was rejected; a row with two faults stands here twice.
create table quarantine (
  sha256 varchar not null,
  file varchar not null,
  row_no bigint not null,             -- 0: the file as a whole
  sheet varchar,
  line bigint not null,
  column_name varchar not null,
  rule varchar not null,
  found varchar not null,
  expected varchar not null,
  raw varchar not null,
  quarantined_at timestamp not null,
  released_at timestamp               -- ECU_WITHOUT_VEHICLE: when its vehicle came and the ECU was taken over after all
);

-- What a file warns of and keeps all the same; shaped as quarantine.
create table import_warning as from quarantine;

-- One row per vehicle that a full export of its plant did not name. Nothing follows from it by itself.
create table missing_vehicle (
  file_id bigint not null,
  vin varchar not null,
  missing_as_of timestamp not null,   -- the export's own time
  last_seen_at timestamp not null,
  last_file bigint not null
);

-- The shape of what is staged of an export that is being read: each file has tables of its own (staged_vehicle_<file>,
-- staged_ecu_<file>), which go when it has landed. One row per good input row that speaks of a vehicle, or of an ECU.
create table staged_vehicle (
  row_no bigint not null,
  kind varchar not null,              -- VEHICLES, FLAT
  sheet varchar,
  line bigint not null,
  vin varchar not null,
  model varchar not null,
  model_year integer not null,
  powertrain varchar not null,
  region varchar not null,
  engine_number varchar,
  chassis_number varchar,
  manufactured_on date not null,
  plant varchar,
  observed_at timestamp not null
);
create table staged_ecu (
  row_no bigint not null,
  sheet varchar,
  line bigint not null,
  vin varchar not null,
  module varchar not null,
  serial varchar not null,
  hardware_part varchar not null,
  hardware_version varchar not null,
  software_version varchar not null,
  software_key varchar not null,
  calibration varchar,
  protocol varchar not null,
  rxswin varchar,
  certificate varchar,
  observed_at timestamp not null
);

-- ECUs whose vehicle is not known yet: their rows are quarantined, and taken over as soon as the vehicle is.
-- One row per quarantined row.
create table waiting_ecu as select 0::bigint as file_id, * from staged_ecu limit 0;

create table staged_event (
  sha256 varchar not null,
  row_no bigint not null,
  line bigint not null,
  raw varchar not null,
  event_id varchar not null,
  event_at timestamp not null,
  vin varchar not null,
  module varchar not null,
  campaign varchar not null,
  manifest_version bigint not null,
  attempt integer not null,
  state varchar not null,
  reported_version varchar,
  reported_key varchar,
  error_code varchar,
  text varchar
);

-- One row per ECU report in a file of version reports that is being read, whose signatures hold.
create table staged_report (
  sha256 varchar not null,
  row_no bigint not null,
  line bigint not null,
  raw varchar not null,
  report_sha256 varchar not null,
  vin varchar not null,
  module varchar not null,
  ecu_serial varchar not null,
  counter bigint not null,
  reported_at timestamp not null,
  image_name varchar not null,
  image_sha256 varchar not null,
  software_version varchar,
  software_key varchar,
  attacks varchar
);

-- One row per fault or warning found in a row that is being read.
create table staged_rejection (
  sha256 varchar not null,
  severity varchar not null,          -- ERROR, WARN
  row_no bigint not null,
  sheet varchar,
  line bigint not null,
  raw varchar not null,
  column_name varchar not null,
  rule varchar not null,
  found varchar not null,
  expected varchar not null
);

-- One row per chunk step that is under way: how many input rows are committed. It is written in the transaction
-- of the rows themselves, so a restart after a kill goes on exactly behind them.
create table step_position (
  step varchar not null,
  position bigint not null
);

-- One row per update.
create table update_definition (
  name varchar not null,
  version varchar not null,
  title varchar not null,
  category varchar not null,
  models varchar[] not null,          -- empty: all
  powertrains varchar[] not null,     -- empty: all
  way_back_required boolean not null, -- only vehicles whose present versions have a registered image to go back to
  allow_downgrade boolean not null,
  definition varchar not null,        -- canonical JSON, images with their hashes; what is approved
  digest varchar not null,            -- hex SHA-256 of definition
  registered_at timestamp not null,
  withdrawn_at timestamp,             -- no campaign may issue it any more
  withdrawn_reason varchar
);

-- One row per update and module that it changes.
create table update_target (
  update_name varchar not null,
  update_version varchar not null,
  module varchar not null,
  install_order integer not null,
  install_group integer not null,     -- targets of one number change together or not at all
  hardware varchar[] not null,        -- hardware parts it fits; empty: any
  hardware_versions varchar[] not null, -- empty: any
  protocols varchar[] not null,       -- by which the ECU may be reached; empty: any
  from_range varchar not null,        -- as people read it; update_range has what is compared
  to_version varchar not null,
  to_key varchar not null,
  release_counter integer not null
);

-- One row per image of an update's target: one for all hardware, or one for each set of hardware parts.
create table update_image (
  update_name varchar not null,
  update_version varchar not null,
  module varchar not null,
  hardware varchar[] not null,        -- hardware parts that get this image; empty: all
  image_name varchar not null,
  image_length bigint not null,
  image_sha256 varchar not null,
  image_sha512 varchar not null
);

-- One row per requirement on another ECU and per conflict with one.
create table update_condition (
  update_name varchar not null,
  update_version varchar not null,
  kind varchar not null,              -- REQUIRES, CONFLICTS
  place integer not null,             -- 1 to n over both kinds, in their order
  module varchar not null,
  range varchar not null              -- as people read it
);

-- One row per interval of versions that a target may start from (kind FROM) or that a condition names.
create table update_range (
  update_name varchar not null,
  update_version varchar not null,
  kind varchar not null,              -- FROM, REQUIRES, CONFLICTS
  place integer not null,             -- of FROM the target's install_order, else the condition's place
  module varchar not null,
  low_key varchar,                    -- inclusive; null: no lower bound
  high_key varchar                    -- exclusive; null: no upper bound
);

-- One row per campaign.
create table campaign (
  campaign varchar not null,
  title varchar not null,
  update_name varchar not null,
  update_version varchar not null,
  author varchar not null,
  urgency varchar not null,
  priority integer not null,
  regions varchar[] not null,         -- empty: all
  models varchar[] not null,
  powertrains varchar[] not null,
  excluded_vins varchar[] not null,
  plants varchar[] not null,
  built_from date,                    -- the first day on which its vehicles were built; null: none
  built_to date,                      -- the last one
  filter varchar,                     -- which vehicles must pass (convoy.data.campaign.filter); null: none
  vins_file varchar,                  -- the list of its only vehicles, whose VINs are in campaign_vin; null: none
  vins_sha256 varchar,                -- of the VINs, sorted, each with a line feed after it
  vins_count bigint,
  exclude_file varchar,               -- the list of more vehicles that are left out
  exclude_sha256 varchar,
  exclude_count bigint,
  silent_after_seconds bigint not null,
  window_begins timestamp,            -- no manifest before, by the clocks of the vehicle's region; null: no window
  window_ends timestamp,              -- none from then on
  consent varchar not null,           -- convoy.data.campaign.OwnerConsent.Mode
  forced_from timestamp,              -- FORCED_AFTER: from then on the owner is not asked
  definition varchar not null,        -- canonical JSON, with the update's digest; what is approved
  digest varchar not null,            -- hex SHA-256 of definition
  state varchar not null,
  state_reason varchar,
  created_at timestamp not null,
  state_at timestamp not null
);

-- One row per campaign, kind of list and VIN on it, as the file had it when the campaign was registered.
create table campaign_vin (
  campaign varchar not null,
  kind varchar not null,              -- ONLY, EXCLUDED
  vin varchar not null
);

-- One row per campaign and vehicle that its update fits, as of the last matching.
create table eligible (
  campaign varchar not null,
  vin varchar not null
);

-- One row per campaign, verdict and reason: how many vehicles, as of the last matching. A vehicle with two reasons
-- counts once under each; the row with reason '' counts each vehicle once by verdict.
create table eligibility_count (
  campaign varchar not null,
  verdict varchar not null,           -- ELIGIBLE, INELIGIBLE, UNKNOWN
  reason varchar not null,
  vehicles bigint not null,
  matched_at timestamp not null
);

-- One row per campaign and wave.
create table wave (
  campaign varchar not null,
  wave integer not null,
  name varchar not null,
  state varchar not null,
  released_at timestamp,
  closed_at timestamp
);

-- One row per campaign and vehicle.
create table assignment (
  campaign varchar not null,
  vin varchar not null,
  wave integer not null,
  state varchar not null,
  attempt integer not null,           -- 0: none issued yet
  manifest_version bigint,            -- of the latest attempt
  due_at timestamp,                   -- RETRY_DUE: not before; ROLLBACK_DUE: not before, where a rollback failed already
  deadline_at timestamp,              -- ISSUED, IN_PROGRESS: silent after
  waiting_for varchar,                -- WAITING: the campaign that goes first
  error_code varchar,
  failed_module varchar,
  reason varchar,
  state_at timestamp not null,
  withdrawal bigint,                  -- by which the vehicle left the campaign: nothing is issued to it any more
  rollback bigint,                    -- by which a person has it rolled back; null: nobody has
  settled_outcomes bigint             -- of how many told outcomes it was found that it cannot go back, or need not; null: of none
);

-- One row per manifest.
create table manifest (
  vin varchar not null,
  version bigint not null,
  campaign varchar not null,
  wave integer not null,
  attempt integer not null,
  shard integer not null,
  correlation_id varchar not null,
  issued_at timestamp not null,
  expires_at timestamp not null,
  state varchar not null,             -- PREPARED, ISSUED
  withdraws bigint,                   -- the vehicle's manifest that this one takes back; null: it installs something
  withdrawal bigint,                  -- why: withdrawal.withdrawal; null with withdraws
  rollback bigint                     -- why it names earlier images: rollback.rollback; null: it names the update's
);

-- One row per manifest and ECU that it addresses.
create table manifest_target (
  vin varchar not null,
  version bigint not null,
  module varchar not null,
  ecu_serial varchar not null,
  hardware_part varchar not null,
  before_version varchar not null,
  before_key varchar not null,        -- of before_version, when the manifest was prepared
  expected_version varchar not null,
  release_counter integer,            -- of the image's re-release; null: of the campaign's update
  certificate varchar                 -- of the ECU when the manifest was prepared: the image's key is sealed for it
);

-- One row per status event that was taken over, by event id.
create table status_event (
  event_id varchar not null,
  event_at timestamp not null,
  vin varchar not null,
  module varchar not null,
  campaign varchar not null,
  manifest_version bigint not null,
  attempt integer not null,
  state varchar not null,
  reported_version varchar,
  reported_key varchar,
  error_code varchar,
  text varchar,
  sha256 varchar not null,
  line bigint not null,
  received_at timestamp not null
);

-- One row per ECU report that was taken over (docs/formats/status-log.md): what an ECU said under its own signature.
create table version_report (
  report_sha256 varchar not null,     -- of what the ECU signed
  vin varchar not null,
  module varchar not null,
  ecu_serial varchar not null,
  counter bigint not null,            -- grows for an ECU
  reported_at timestamp not null,     -- the latest time that the ECU could verify
  image_name varchar not null,
  image_sha256 varchar not null,
  software_version varchar,           -- of the registered update that has the image; null: none has it
  software_key varchar,
  attacks varchar,                    -- the attack that the ECU detected; null: none
  sha256 varchar not null,            -- of the file
  line bigint not null,
  received_at timestamp not null
);

-- One row per assignment whose events have to be folded again.
create table fold_queue (
  campaign varchar not null,
  vin varchar not null
);

-- One row per decision of a gate.
create table gate_decision (
  campaign varchar not null,
  wave integer not null,
  decided_at timestamp not null,
  verdict varchar not null,
  explanation varchar not null,
  total bigint not null,
  installed bigint not null,          -- of a campaign with consent DOWNLOAD_ONLY, those that downloaded it too
  failed bigint not null,
  silent bigint not null,
  declined bigint not null,
  success_since timestamp,            -- since when the wave has had its success; null: it has not
  worst_group varchar,                -- such as model Aldera: where the highest share fails; null: in no group
  worst_failures bigint,
  worst_outcomes bigint
);

-- One row per signed act on an update or a campaign, in order. Only the document counts: it is checked each time.
create table signed_act (
  seq bigint not null,
  subject varchar not null,           -- update NAME VERSION, campaign ID
  act varchar not null,               -- REGISTERED, SUBMITTED, APPROVED, REJECTED, WITHDRAWN, ROLLED_BACK
  operator varchar not null,
  acted_at timestamp not null,
  document varchar not null           -- canonical JSON with its signature
);

-- One row per act that changed something, each chained to the one before by its hash.
create table audit_log (
  seq bigint not null,
  acted_at timestamp not null,
  who varchar not null,
  act varchar not null,
  subject varchar not null,
  before varchar,
  after varchar,
  previous_hash varchar not null,
  hash varchar not null
);

-- One row per run that audited the inventory and check, also where nothing was found: the trend.
create table audit_finding_count (
  run_id varchar not null,
  check_id varchar not null,
  severity varchar not null,          -- ERROR, WARN
  title varchar not null,
  findings bigint not null,
  rows_checked bigint not null,
  audited_at timestamp not null
);

-- One row per example of what a check found: the first ones by VIN.
create table audit_example (
  run_id varchar not null,
  check_id varchar not null,
  vin varchar not null,
  module varchar,
  found varchar not null,
  expected varchar not null
);

-- One row per file that was made from rejected input so that it is judged again; an input may have several.
create table resubmission (
  sha256 varchar not null,            -- the input, which was rejected in part or refused
  file varchar not null,
  act varchar not null,               -- SENT (into the inbox), TAKEN_OUT (for editing)
  rule varchar,                       -- only the rows that broke this rule; null: all of them
  row_count bigint not null,          -- 0: the whole refused file
  target varchar not null,            -- the new file
  target_sha256 varchar not null,     -- of its bytes as it was made
  resubmitted_at timestamp not null
);

-- One row per image in the image store, by the SHA-256 of the clear image.
create table image (
  sha256 varchar not null,
  length bigint not null,
  sha512 varchar not null,
  encrypted_length bigint not null,   -- of the encrypted file, which is what vehicles download
  encrypted_sha256 varchar not null,
  encrypted_sha512 varchar not null,
  stored_at timestamp not null,
  verified_at timestamp               -- when it was last opened and found whole; null: the last time it was not
);

-- What eligibility looks at, kept from one matching to the next so that a night costs what changed and not the fleet.
-- Vehicles and ECUs that are alike for every rule share a kind, and each rule is applied once to a kind.

-- One row per module that any ECU has: its place in vehicle_profile.ecu_kinds.
create table profile_module (
  module varchar not null,
  place integer not null
);

-- One row per kind of ECU.
create table ecu_kind (
  kind integer not null,
  module varchar not null,
  hardware_part varchar not null,
  hardware_version varchar not null,
  protocol varchar not null,
  software_version varchar not null
);

-- One row per kind of vehicle.
create table vehicle_kind (
  kind integer not null,
  model varchar not null,
  powertrain varchar not null,
  region varchar not null,
  is_retired boolean not null
);

-- One row per vehicle, as of the last matching.
create table vehicle_profile (
  vin varchar not null,
  vehicle_kind integer not null,
  heard_at timestamp not null,        -- when it was last heard of at the least: a confirmation alone does not move it
  ecu_kinds integer[],                -- by the module's place; null where it has no such ECU
  model_year integer not null,        -- this and the next: what audiences ask for and kinds do not have
  manufactured_on date not null,
  plant varchar
);

-- Vehicles of which something changed since the last matching, some more than once.
create table touched_vehicle (
  vin varchar not null
);

-- One row per campaign, item of its update (see match/items.sql) and kind of ECU; kind 0: no such ECU. faults: the bits
-- of the reasons (convoy.data.eligibility.Reason), as of the last matching.
create table ecu_fault (
  campaign varchar not null,
  item integer not null,
  kind integer not null,
  faults bigint not null
);

-- One row per campaign and kind of vehicle.
create table vehicle_fault (
  campaign varchar not null,
  kind integer not null,
  faults bigint not null
);

-- One row per campaign that took part in the last matching.
create table matching (
  campaign varchar not null,
  matched_at timestamp not null,
  stale_before timestamp not null     -- vehicles that were not heard of since then were stale
);

-- One row per campaign and vehicle of which too little is known to say that the update fits.
create table undecided (
  campaign varchar not null,
  vin varchar not null
);

-- One row per campaign and set of reasons: how many vehicles have exactly these.
create table fault_count (
  campaign varchar not null,
  faults bigint not null,
  vehicles bigint not null
);

-- One row per manifest that was prepared and dropped before it was issued: its version and shard are not used again.
create table dropped_manifest (
  vin varchar not null,
  version bigint not null,
  campaign varchar not null,
  wave integer not null,
  shard integer not null,
  dropped_at timestamp not null
);

-- One row per shard that was issued and key of the Director that signed in it.
create table shard_key (
  campaign varchar not null,
  wave integer not null,
  shard integer not null,
  keyid varchar not null
);

-- One row per root, key and list of images of the two repositories, as the last issueManifests found it: for the report.
create table repository_part (
  position integer not null,          -- its place among them
  repository varchar not null,        -- in words
  what varchar not null,              -- root, key or list of images, in words
  role varchar not null,
  keyid varchar,                      -- in short; null: no key
  state varchar not null,             -- in words
  ends_at timestamp,                  -- null: it has no end of its own, or that is not known here
  warning varchar,                    -- a sentence; null: none
  checked_at timestamp not null
);

-- One row per manifest that says the same as an earlier one of its vehicle, of which a key is refused: it counts once.
create table resigned (
  vin varchar not null,
  version bigint not null,
  of_version bigint not null
);

-- One row per manifest and manifest of another campaign that it carries: a vehicle takes the newest one alone, so what it
-- was asked for before, and may still act on, is asked for once more beside what is new.
create table carried (
  vin varchar not null,
  version bigint not null,            -- the manifest that carries
  of_version bigint not null          -- the manifest that has the targets
);

-- One row per withdrawal of manifests that vehicles were given: by a person, or by the end of a campaign.
create table withdrawal (
  withdrawal bigint not null,
  campaign varchar not null,
  vehicles varchar,                   -- which ones (convoy.data.campaign.WithdrawnVehicles); null: by the campaign's end
  act bigint,                         -- the person's signed act over them, signed_act.seq; null: by the campaign's end
  reason varchar not null,            -- a sentence: by whom and why
  withdrawn_at timestamp not null
);

-- One row per decision that vehicles go back to the versions that they had: by a person, or by the campaign's own
-- definition, which has one row once a vehicle is rolled back by it.
create table rollback (
  rollback bigint not null,
  campaign varchar not null,
  vehicles varchar,                   -- which ones (convoy.data.campaign.WithdrawnVehicles); null: by the definition
  act bigint,                         -- the person's signed act over them, signed_act.seq; null: by the definition
  reason varchar not null,            -- a sentence: by whom and why
  decided_at timestamp not null
);

-- One row per vehicle that is to go back, or to be told so once more, and was not, since that did not hold on which it
-- rests: as of the last time that issueManifests looked. told counts only while the
-- assignment is ROLLBACK_ISSUED, the others only while it is ROLLBACK_DUE.
create table refused_rollback (
  campaign varchar not null,
  vin varchar not null,
  told boolean not null,              -- it is to be told once more; false: for the first time, or after a failure
  reason varchar not null,            -- a sentence
  refused_at timestamp not null
);

-- One row per time that the images of an update's target were released again under a higher counter.
create table re_release (
  module varchar not null,
  release_counter integer not null,
  update_name varchar not null,
  update_version varchar not null,
  released_at timestamp not null
);

-- One row per campaign whose end has come.
create table campaign_end (
  campaign varchar not null,
  ended_at timestamp not null,
  cancelled bigint not null,          -- vehicles that had got no manifest, or were to be tried again
  withdrawn bigint not null           -- manifests that its end took back
);

-- One row per campaign that waits for its start (start: MANUAL) and was started.
create table campaign_start (
  campaign varchar not null,
  started_at timestamp not null,
  who varchar not null
);

-- One row per wave, part of it and time that a person resumed its campaign although its gate called for PAUSE there.
create table gate_override (
  campaign varchar not null,
  wave integer not null,
  part varchar not null,              -- wave, such as model Aldera, or such as code FLASH_FAILED: in the whole campaign
  failures bigint not null,           -- in that part then; PAUSE needs more
  overridden_at timestamp not null,
  who varchar not null
);

-- One row per act that a person asked for while another process held the store, once it was done or refused.
create table control_request (
  id varchar not null,
  campaign varchar not null,
  act varchar not null,               -- START, PAUSE, RESUME, ADVANCE, ABORT, WITHDRAW, ROLLBACK
  who varchar not null,
  reason varchar,
  asked_at timestamp not null,
  done_at timestamp not null,
  refusal varchar,                    -- why it was not done; null: it was
  refusal_code varchar                -- convoy.data.error.ErrorCode
);

-- One row per destination and file of the outbox, as it was published there last.
create table published_file (
  destination varchar not null,       -- a folder, or such as s3://bucket/prefix
  path varchar not null,              -- below the outbox, with slashes
  bytes bigint not null,
  sha256 varchar not null,
  modified_at timestamp not null,     -- the file's own time: one of the same length and time is not read again
  published_at timestamp not null
);

-- The highest version that was given out for a vehicle, also where its manifest was dropped. Grain: one row per vehicle.
create view last_version as
select vin, max(version) as version
from (select vin, version from manifest union all select vin, version from dropped_manifest)
group by vin;

-- What manifests ask of vehicles, for each campaign: what they say themselves, and what they carry of other campaigns.
-- of_version: the manifest that has the targets. Grain: one row per manifest and campaign.
create view manifest_part as
select vin, version, campaign, wave, attempt, shard, correlation_id, issued_at, expires_at, state, withdrawal, rollback,
  version as of_version
from manifest
union all
select c.vin, c.version, o.campaign, o.wave, o.attempt, o.shard, o.correlation_id, m.issued_at, m.expires_at, m.state,
  null, o.rollback, c.of_version
from carried c
join manifest m on m.vin = c.vin and m.version = c.version
join manifest o on o.vin = c.vin and o.version = c.of_version;

-- The highest shard that was given out, also where it was dropped. Grain: one row per campaign and wave.
create view last_shard as
select campaign, wave, max(shard) as shard
from (select campaign, wave, shard from manifest union all select campaign, wave, shard from dropped_manifest)
group by campaign, wave;

-- Whether a manifest only says once more, under another key, what an earlier one said. The arguments stand outside of the
-- subquery, whose columns have the same names.
create macro is_resigned(vehicle, number) as (vehicle, number) in (select r.vin, r.version from resigned r);

-- Whether what is prepared was not written before a newer manifest of its vehicle was: the vehicle takes it no more.
create macro is_behind(vehicle, number) as (vehicle, number) in (
  select p.vin, p.version
  from manifest p
  join manifest n on n.vin = p.vin and n.version > p.version and n.state = 'ISSUED'
  where p.state = 'PREPARED');

-- Whether what is prepared does not fit its assignment any more: a manifest that takes a vehicle back which is not to go
-- back now, or, told once more, has told its outcome; or another attempt for one that is to go back.
create macro is_overtaken(rollback, resigned, state) as
  (rollback is not null)
    <> (state = case when rollback is not null and resigned then 'ROLLBACK_ISSUED' else 'ROLLBACK_DUE' end);

-- Whether the vehicle has another ECU by now than the manifest names, or other hardware: it refuses what is for the former.
-- Or another campaign has told one of these ECUs something since.
create macro is_misfit(vehicle, number) as exists (
  select 1
  from manifest_target k
  left join ecu e on e.vin = k.vin and e.module = k.module
  where k.vin = vehicle and k.version = number
    and (e.serial is distinct from k.ecu_serial or e.hardware_part is distinct from k.hardware_part))
  or exists (
    select 1
    from manifest_target k
    join manifest o on o.vin = k.vin and o.version = k.version
    join manifest_target x on x.vin = k.vin and x.ecu_serial = k.ecu_serial and x.version > k.version
    join manifest n on n.vin = x.vin and n.version = x.version
    where k.vin = vehicle and k.version = number and n.state = 'ISSUED' and n.campaign <> o.campaign);

-- Whether an event in that state may be an outcome, or what an ECU runs after one. Others are progress.
create macro is_outcome(state) as state in ('INSTALLED', 'DOWNLOADED', 'FAILED', 'DECLINED');

-- The highest release counter of a module. Grain: one row per module.
create view last_release as
select module, max(release_counter) as release_counter
from (select module, release_counter from update_target union all select module, release_counter from re_release)
group by module;

-- Where ECUs can be taken back to: matching, previews and rollbacks all ask this. Grain: one row per image of the targets
-- of registered updates that are not withdrawn.
create view way_back as
select t.module, t.to_key, t.to_version, t.hardware, t.hardware_versions, g.hardware as image_hardware, g.image_sha256,
  t.update_name, t.update_version, t.release_counter
from update_target t
join update_definition d on d.name = t.update_name and d.version = t.update_version and d.withdrawn_at is null
join update_image g on g.update_name = t.update_name and g.update_version = t.update_version and g.module = t.module;

-- Whether an image of way_back is for that hardware.
create macro leads_back(hardware, hardware_versions, image_hardware, part, version) as
  (len(hardware) = 0 or list_contains(hardware, part))
  and (len(hardware_versions) = 0 or list_contains(hardware_versions, version))
  and (len(image_hardware) = 0 or list_contains(image_hardware, part));

-- The highest release counter that an ECU may have taken of a re-release: from then on it refuses lower ones.
-- Grain: one row per vehicle and module that was given one.
create view taken_re_release as
select k.vin, k.module, max(k.release_counter) as release_counter
from manifest m
join manifest_target k on k.vin = m.vin and k.version = m.version
where m.state = 'ISSUED' and k.release_counter is not null
group by k.vin, k.module;

-- The latest re-release of the images of an update's target. Grain: one row per target that was released again.
create view latest_re_release as
select update_name, update_version, module, max(release_counter) as release_counter
from re_release
group by update_name, update_version, module;

-- Whether a vehicle is to go back by then: at once, or once the time to try again has come.
create macro is_back_due(state, due_at, time) as state = 'ROLLBACK_DUE' and coalesce(due_at <= time, true);

-- Whether the vehicle may act on a manifest of an assignment in that state: what is issued to it later carries that.
create macro is_carried(state) as state in ('ISSUED', 'IN_PROGRESS', 'SILENT', 'ROLLBACK_ISSUED');

-- Whether an assignment in that state keeps its ECUs from other campaigns: it has a manifest that the vehicle may act on,
-- or is to go back. So does one with a manifest that is prepared.
create macro holds_ecus(state) as state in ('ISSUED', 'IN_PROGRESS', 'SILENT', 'ROLLBACK_DUE', 'ROLLBACK_ISSUED');

-- Whether vehicles of a wave in that state get manifests. A wave that has succeeded may have some that waited for another
-- campaign, or for which the rate left nothing until then.
create macro is_issued(wave_state) as wave_state in ('RELEASED', 'SUCCEEDED');

-- Whether a campaign, by its definition, waits for a person to start it.
create macro is_manual(definition) as coalesce(definition::json->>'$.start', 'AUTOMATIC') = 'MANUAL';

-- Whether a person has started the campaign.
create macro is_started(id) as exists (select 1 from campaign_start s where s.campaign = id);

-- Where a shard stands below the outbox (docs/formats/update-manifest.md).
create macro shard_path(campaign, wave, shard) as
  'director/campaign=' || campaign || '/wave=' || wave || '/shard-' || lpad(cast(shard as varchar), 5, '0') || '.zip';

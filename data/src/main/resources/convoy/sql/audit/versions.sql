-- Every version that is or was run, or was reported. Grain: one row per module and version.
select module, software_version from ecu group by all
union
select module, software_version from observation group by all
union
select module, reported_version from status_event where reported_version is not null group by all;

insert into version_report
select report_sha256, vin, module, ecu_serial, counter, reported_at, image_name, image_sha256, software_version,
  software_key, attacks, sha256, line, :now
from landing_report;

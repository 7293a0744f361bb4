-- Newer wins: what is older than the fleet's own observation changes nothing.
merge into ecu e
using (select * from landing_ecu where change <> 'OLDER') l
on e.vin = l.vin and e.module = l.module
when matched then update set
  serial = l.serial, hardware_part = l.hardware_part, hardware_version = l.hardware_version,
  software_version = l.software_version, software_key = l.software_key, calibration = l.calibration,
  protocol = l.protocol, observed_at = l.observed_at, source = 'FACTORY',
  source_sha256 = l.sha256, source_line = l.line
when not matched then insert
  (vin, module, serial, hardware_part, hardware_version, software_version, software_key, calibration, protocol,
   observed_at, source, source_sha256, source_line)
  values
  (l.vin, l.module, l.serial, l.hardware_part, l.hardware_version, l.software_version, l.software_key,
   l.calibration, l.protocol, l.observed_at, 'FACTORY', l.sha256, l.line);

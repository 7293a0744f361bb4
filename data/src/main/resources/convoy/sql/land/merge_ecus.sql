-- Newer wins: what is older than the fleet's own observation changes nothing. What is confirmed gets the time and place
-- of its confirmation alone, which costs half of writing the whole row. New ones come with insert_ecus.
merge into ecu e
using incoming_ecu l
on e.vin = l.vin and e.module = l.module
when matched
  and (l.observed_at > e.observed_at or (l.observed_at = e.observed_at and l.file_id > e.source_file))
  and (l.serial <> e.serial or l.hardware_part <> e.hardware_part or l.hardware_version <> e.hardware_version
    or l.software_version <> e.software_version or l.protocol <> e.protocol
    or l.calibration is distinct from e.calibration
    or l.rxswin is distinct from e.rxswin
    or l.certificate is distinct from e.certificate)
  then update set
    serial = l.serial, hardware_part = l.hardware_part, hardware_version = l.hardware_version,
    software_version = l.software_version, software_key = l.software_key, calibration = l.calibration,
    protocol = l.protocol, rxswin = l.rxswin, certificate = l.certificate, observed_at = l.observed_at,
    source = 'FACTORY', source_file = l.file_id, source_line = l.line
when matched and (l.observed_at > e.observed_at or (l.observed_at = e.observed_at and l.file_id > e.source_file))
  then update set
    observed_at = l.observed_at, source = 'FACTORY', source_file = l.file_id, source_line = l.line;

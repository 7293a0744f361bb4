-- ECUs whose only fault is that their vehicle is not known yet. Grain: one row per staged row.
insert into waiting_ecu
select :file, e.*
from file_ecu e
where row_no in (
  select row_no
  from staged_rejection
  where sha256 = :sha256 and severity = 'ERROR'
  group by row_no
  having bool_and(rule = 'ECU_WITHOUT_VEHICLE')
);

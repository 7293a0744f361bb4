delete from waiting_ecu w using released_ecu r where w.file_id = r.file_id and w.row_no = r.row_no;

package convoy.scheduler.process;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What must be equal in the store whether a run was disturbed or not: all columns but the time of
 * the run itself, and nothing left over of what is on its way.
 */
enum Facts {
  /** Of exports. */
  IMPORTED(
      "select * from vehicle order by all",
      "select * from ecu order by all",
      "select * from waiting_ecu order by all",
      "select table_name from duckdb_tables() where table_name similar to 'staged_(ecu|vehicle)_.*'"),
  /** Of version reports. */
  REPORTED(
      "select * exclude received_at from version_report order by all",
      "select * exclude received_at from status_event order by all",
      "select vin, module, serial, software_version, observed_at, source from ecu order by all",
      "select campaign, vin, wave, state, attempt, error_code from assignment order by all",
      "select count(*) from staged_report",
      "select count(*) from fold_queue");

  /** Of every file that is taken in. */
  private static final List<String> ALL =
      List.of(
          "select * exclude recorded_at from observation order by all",
          "select * exclude (quarantined_at, released_at) from quarantine order by all",
          "select * exclude quarantined_at from import_warning order by all",
          "select sha256, name, outcome, rows_read, rows_accepted, rows_unchanged, rows_quarantined"
              + " from import_file order by all",
          "select count(*) from staged_rejection",
          "select count(*) from step_position");

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives one that nobody changes
  private final List<String> queries;

  Facts(String... queries) {
    this.queries = List.of(queries);
  }

  /** The rows by the query that asks for them, so that a difference names it. */
  Map<String, List<String>> in(TestHome home) throws SQLException {
    Map<String, List<String>> facts = new LinkedHashMap<>();
    for (String sql : Stream.concat(queries.stream(), ALL.stream()).toList()) {
      facts.put(sql, home.rows(sql));
    }
    return facts;
  }
}

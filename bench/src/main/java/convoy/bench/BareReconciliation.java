package convoy.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What DuckDB alone takes for the same status log: {@code read_csv} into a table of the same store,
 * an insert of all its rows into {@code status_event}, and an update of each assignment to the last
 * state that its vehicle reported. Nothing is checked, no row is looked for among those that are
 * known, nothing is folded.
 */
final class BareReconciliation {
  private static final String READ =
      """
      create table bench_staged as
      from read_csv('%s', header = true, columns = {'event_id': 'varchar', 'at': 'timestamp', 'vin': 'varchar',
        'module': 'varchar', 'campaign': 'varchar', 'manifest_version': 'bigint', 'attempt': 'integer',
        'state': 'varchar', 'reported_version': 'varchar', 'error_code': 'varchar', 'text': 'varchar'})
      """;

  private static final String[] APPLY = {
    """
    insert into status_event
    select event_id, "at", vin, module, campaign, manifest_version, attempt, state, reported_version, reported_version,
      error_code, text, 'bench', 0, now()::timestamp
    from bench_staged
    """,
    """
    update assignment a
    set state = l.state, error_code = l.error_code
    from (
      select campaign, vin, arg_max(state, "at") as state, arg_max(error_code, "at") as error_code
      from bench_staged group by campaign, vin
    ) l
    where l.campaign = a.campaign and l.vin = a.vin
    """,
    "drop table bench_staged",
    "checkpoint"
  };

  private BareReconciliation() {}

  /** Its seconds. */
  static double measure(Path store, Path csv) throws SQLException {
    try (Connection connection = BareDuckDb.connect(store);
        Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      statement.execute(READ.formatted(csv));
      for (String sql : APPLY) {
        statement.execute(sql);
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }
}

package convoy.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * What DuckDB alone takes for the same file: its own {@code read_csv} into a table of the same
 * store, and the statement with which the landing merges ECUs. Nothing is checked, no row numbers
 * or raw text are known, no history is kept, and a version has no key.
 */
final class Limit {
  /** Seconds of each part. */
  record Times(double read, double merge) {
    double all() {
      return read + merge;
    }
  }

  private static final String READ =
      """
      create table bench_staged as
      select 0::bigint as file_id, 0::bigint as row_no, null::varchar as sheet, 0::bigint as line,
        vin, module, serial, hardware_part, hardware_version, software_version, software_version as software_key,
        calibration, protocol, null::varchar as rxswin, null::varchar as certificate, exported_at as observed_at
      from read_csv('%s', header = true, columns = {'vin': 'varchar', 'module': 'varchar', 'serial': 'varchar',
        'hardware_part': 'varchar', 'hardware_version': 'varchar', 'software_version': 'varchar',
        'calibration': 'varchar', 'protocol': 'varchar', 'exported_at': 'timestamp'})
      """;

  private Limit() {}

  static Times measure(Path store, Path csv) throws SQLException {
    try (Connection connection = BareDuckDb.connect(store);
        Statement statement = connection.createStatement()) {
      long start = System.nanoTime();
      statement.execute(READ.formatted(csv));
      long read = System.nanoTime();
      statement.execute("create temp view incoming_ecu as from bench_staged");
      statement.execute(mergeSql());
      statement.execute("drop view incoming_ecu");
      statement.execute("drop table bench_staged");
      statement.execute("checkpoint");
      return new Times((read - start) / 1e9, (System.nanoTime() - read) / 1e9);
    }
  }

  private static String mergeSql() {
    try (InputStream in = Limit.class.getResourceAsStream("/convoy/sql/land/merge_ecus.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

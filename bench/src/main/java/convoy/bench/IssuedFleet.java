package convoy.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A made-up fleet to which a campaign has issued a manifest of two ECUs for each vehicle. The
 * campaign is registered and signed by commands; the rows are written into the store as issuing
 * leaves them, because signing is not what is measured here.
 */
final class IssuedFleet {
  static final List<String> MODULES = List.of("GATEWAY", "TELEMATICS");

  /** Status events of a vehicle: each of its two ECUs begins, and ends. */
  static final int EVENTS = 4;

  private static final int FAILS_EVERY = 50;

  private static final String[] ISSUED = {
    "update campaign set state = 'RUNNING', state_at = now()::timestamp",
    "insert into wave values ('issue-bench', 1, 'all', 'RELEASED', now()::timestamp, null)",
    """
    insert into assignment
    select 'issue-bench', vin, 1, 'ISSUED', 1, 1, null, now()::timestamp + interval 7 day, null, null, null, null,
      now()::timestamp, null, null, null
    from vehicle order by vin
    """,
    """
    insert into manifest
    select vin, 1, 'issue-bench', 1, 1, ((row_number() over (order by vin) - 1) // 20000)::int, 'bench',
      now()::timestamp - interval 3 day, now()::timestamp + interval 90 day, 'ISSUED', null, null, null
    from vehicle order by vin
    """,
    """
    insert into manifest_target
    select vin, 1, module, serial, hardware_part, software_version, software_key, '9.0.0', null, null
    from ecu where module in ('GATEWAY', 'TELEMATICS') order by vin, module
    """,
    "checkpoint"
  };

  private IssuedFleet() {}

  static void make(Path home, int vehicles, Path out)
      throws IOException, SQLException, InterruptedException {
    approved(home, vehicles, out);
    run(home, ISSUED);
  }

  /** A fleet with a campaign that is approved and not issued. */
  static void approved(Path home, int vehicles, Path out)
      throws IOException, SQLException, InterruptedException {
    Launcher.run(home, out, "init");
    IssueBench.define(home);
    Launcher.run(home, out, "register");
    Launcher.run(home, out, "update", "sign", "issue-bench", "1.0.0");
    Launcher.run(home, out, "campaign", "submit", "issue-bench");
    Launcher.run(home, out, "campaign", "approve", "issue-bench", "--by", "bob");
    BenchFleet.fill(store(home), vehicles);
  }

  static Path store(Path home) {
    return home.resolve("store").resolve("fleet.duckdb");
  }

  static void run(Path home, String... statements) throws SQLException {
    try (Connection connection = BareDuckDb.connect(store(home));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The VINs of that many vehicles, spread over the whole fleet. */
  static List<String> vins(Path home, int vehicles) throws SQLException {
    List<String> vins = new ArrayList<>();
    try (Connection connection = BareDuckDb.connect(store(home));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select vin from vehicle order by hash(vin), vin limit " + vehicles)) {
      while (rows.next()) {
        vins.add(rows.getString(1));
      }
    }
    return vins;
  }

  /** Four events of each vehicle, as gateways collect them: by time, not by vehicle. */
  static void writeEvents(Path home, Path log, int vehicles) throws IOException, SQLException {
    List<String> vins = vins(home, vehicles);
    Instant begun = Instant.now().minus(5, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    try (BufferedWriter out = Files.newBufferedWriter(log)) {
      out.write(
          "event_id,at,vin,module,campaign,manifest_version,attempt,state,reported_version,error_code,text\n");
      for (int step = 0; step < EVENTS; step++) {
        for (int i = 0; i < vehicles; i++) {
          boolean ends = step >= MODULES.size();
          boolean fails = step == EVENTS - 1 && i % FAILS_EVERY == 0;
          out.write(
              "e%d-%d,%s,%s,%s,issue-bench,1,1,%s\n"
                  .formatted(
                      i,
                      step,
                      begun.plusSeconds(step * 3600L + i % 3600),
                      vins.get(i),
                      MODULES.get(step % MODULES.size()),
                      fails
                          ? "FAILED,,VERIFY_FAILED,checksum of block 17"
                          : ends ? "INSTALLED,9.0.0,," : "INSTALLING,,,"));
        }
      }
    }
  }

  /** That each vehicle has what its events say. */
  static void requireReconciled(Path home, int vehicles) throws SQLException {
    int failed = (vehicles + FAILS_EVERY - 1) / FAILS_EVERY;
    require(home, "select count(*) from status_event", (long) vehicles * EVENTS);
    require(home, "select count(*) from assignment where state = 'RETRY_DUE'", failed);
    require(home, "select count(*) from assignment where state = 'INSTALLED'", vehicles - failed);
  }

  static void require(Path home, String sql, long expected) throws SQLException {
    try (Connection connection = BareDuckDb.connect(store(home));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      if (row.getLong(1) != expected) {
        throw new IllegalStateException(
            "%s: found %,d, expected %,d".formatted(sql, row.getLong(1), expected));
      }
    }
  }
}

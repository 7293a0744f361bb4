package convoy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A made-up fleet, written into a fleet store as landings leave it, and updates and campaigns for
 * it.
 */
final class BenchFleet {
  static final int CAMPAIGNS = 20;

  /** Vehicles of one export; each is landed in the order of the VINs. */
  private static final int EXPORT = 1_000_000;

  /** One of its vehicles. */
  static final String SOME_VIN = vin(1);

  private static final String VEHICLES =
      """
      insert into vehicle (vin, model, model_year, powertrain, region, engine_number, manufactured_on, observed_at,
        source_file, source_line)
      select printf('WVW%%06dX%%07d', (i * 7919) %% 999983, i),
        ['Aldera', 'Brevik', 'Corvena', 'Dorado', 'Elvas', 'Fjord', 'Garda', 'Helios'][1 + (hash(i) %% 8)::int], 2025,
        ['PETROL', 'DIESEL', 'HYBRID', 'ELECTRIC'][1 + (hash(i * 3) %% 4)::int],
        ['DE', 'FR', 'IT', 'US', 'CN', 'GB', 'NO', 'ES', 'PL', 'SE'][1 + (hash(i * 5) %% 10)::int],
        'E' || i, date '2025-07-30', timestamp '2026-11-20 22:00:00', 1, i
      from range(%d, %d) t(i)
      order by 1;
      """;

  private static final String ECUS =
      """
      insert into ecu (vin, module, serial, hardware_part, hardware_version, software_version, software_key, calibration,
        protocol, observed_at, source, source_file, source_line)
      select v.vin, m.module, m.module || v.source_line, 'HW-' || m.module || '-' || (hash(v.vin || m.module) %% 6),
        'H0' || (hash(v.vin || m.module || 'x') %% 3),
        x.major || '.' || x.minor || '.' || x.patch, 'a' || x.major || 'a' || x.minor || 'a' || x.patch || '~', 'CAL',
        ['CAN', 'CAN_FD', 'ETHERNET'][1 + (hash(m.module) %% 3)::int], v.observed_at, 'FACTORY', 1, v.source_line
      from vehicle v
      cross join (select unnest([%s]) as module) m
      cross join lateral (select 1 + hash(v.vin || m.module || 'y') %% 3 as major,
        hash(v.vin || m.module || 'z') %% 4 as minor, hash(v.vin || m.module || 'w') %% 3 as patch) x
      where v.source_line >= %d and v.source_line < %d
      order by v.vin, m.module;
      """;

  /** A night: every {@code every}th vehicle reports another version of one ECU. */
  private static final String NIGHT =
      """
      create temp table night as select vin from vehicle where source_line %% %d = 7;
      update ecu set software_version = '2.1.0', software_key = 'a2a1a0~', observed_at = timestamp '2026-11-24 20:00:00'
      where module = 'ABS' and vin in (from night);
      insert into touched_vehicle from night;
      """;

  /**
   * What half of the fleet went through in a campaign: planned, issued, and three events of each
   * vehicle, which came in files of 40 nights. In the order in which the jobs leave it.
   */
  private static final List<String> PAST =
      List.of(
          """
          create temp table updated as select vin, source_line from vehicle where hash(vin) % 2 = 0 order by vin
          """,
          """
          insert into assignment (campaign, vin, wave, state, attempt, manifest_version, state_at)
          select 'bench-01', vin, 1, 'INSTALLED', 1, 1, timestamp '2026-11-22 00:00:00' from updated
          """,
          """
          insert into manifest (vin, version, campaign, wave, attempt, shard, correlation_id, issued_at, expires_at, state)
          select vin, 1, 'bench-01', 1, 1, (row_number() over (order by vin) - 1) // 20000, md5('bench-01:' || vin || ':1'),
            timestamp '2026-11-21 00:00:00', timestamp '2026-12-21 00:00:00', 'ISSUED'
          from updated
          """,
          """
          insert into manifest_target (vin, version, module, ecu_serial, hardware_part, before_version, before_key,
            expected_version)
          select vin, 1, 'BCM', 'BCM' || source_line, 'HW-BCM-1', '2.0.0', 'a2a0a0~', '2.1.0' from updated
          """,
          """
          insert into status_event (event_id, event_at, vin, module, campaign, manifest_version, attempt, state,
            reported_version, reported_key, sha256, line, received_at)
          select uuid()::varchar, timestamp '2026-11-21 12:00:00' + to_minutes(i), vin, 'BCM', 'bench-01', 1, 1,
            ['DOWNLOADED', 'INSTALLING', 'INSTALLED'][i], '2.1.0', 'a2a1a0~', 'night ' || hash(vin) % 40, 1,
            timestamp '2026-11-22 00:00:00'
          from updated cross join range(1, 4) t(i)
          order by hash(vin) % 40, vin
          """,
          "checkpoint");

  private BenchFleet() {}

  static void fill(Path store, int vehicles) throws SQLException {
    String modules = "'" + String.join("', '", BenchExports.MODULES) + "'";
    List<String> statements = new ArrayList<>();
    for (int from = 0; from < vehicles; from += EXPORT) {
      int to = Math.min(vehicles, from + EXPORT);
      statements.add(VEHICLES.formatted(from, to));
      statements.add(ECUS.formatted(modules, from, to));
    }
    statements.add("checkpoint");
    run(store, statements.toArray(String[]::new));
  }

  /** Of the vehicle of that number, counted from 0. */
  static String vin(long vehicle) {
    return "WVW%06dX%07d".formatted((vehicle * 7919) % 999983, vehicle);
  }

  /** Lets half of a filled fleet have been updated in one of the campaigns. */
  static void update(Path store) throws SQLException {
    run(store, PAST.toArray(String[]::new));
  }

  static void night(Path store, int every) throws SQLException {
    run(store, NIGHT.formatted(every), "checkpoint");
  }

  private static void run(Path store, String... statements) throws SQLException {
    try (Connection connection = BareDuckDb.connect(store);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Twenty updates of one or two modules each, and a campaign for each. */
  static void define(Path updates, Path campaigns) throws IOException {
    for (int i = 0; i < CAMPAIGNS; i++) {
      StringBuilder update =
          new StringBuilder(
              """
              update: bench-%02d
              version: 1.0.0
              title: Update %d
              category: BUG_FIX
              """
                  .formatted(i, i));
      update.append(i % 3 == 0 ? "" : "models: [Aldera, Brevik, Corvena, Dorado, Elvas]\n");
      update.append(i % 5 == 0 ? "powertrains: [PETROL, DIESEL]\n" : "");
      update.append("targets:\n");
      target(update, updates, i, BenchExports.MODULES.get(i % 10));
      if (i % 4 == 0) {
        target(update, updates, i, BenchExports.MODULES.get((i + 3) % 10));
      }
      Files.writeString(updates.resolve("bench-%02d.yaml".formatted(i)), update);
      Files.writeString(
          campaigns.resolve("bench-%02d.yaml".formatted(i)),
          """
          campaign: bench-%02d
          title: Campaign %d
          update: bench-%02d 1.0.0
          author: alice
          urgency: SCHEDULED
          priority: 50
          %swaves: [{ name: all, share: rest }]
          gate: { success: 80%%, pause-on-failure: 15%%, abort-on-failure: 40%%, minimum-reports: 10, silent-after: P7D }
          retry: { attempts: 3, backoff: PT12H }
          """
              .formatted(
                  i,
                  i,
                  i,
                  i % 2 == 0 ? "audience: { regions: [DE, FR, IT, US, CN, GB, \"NO\"] }\n" : ""));
    }
  }

  private static void target(StringBuilder update, Path updates, int i, String module)
      throws IOException {
    String image = "bench-%02d-%s.bin".formatted(i, module.toLowerCase(Locale.ROOT));
    Files.writeString(updates.resolve(image), image);
    update.append(
        """
          - module: %s
            hardware: [HW-%s-1, HW-%s-2, HW-%s-3]
            from: ">=1.1.0 <2.1.0"
            to: 2.1.0
            image: %s
        """
            .formatted(module, module, module, module, image));
  }
}

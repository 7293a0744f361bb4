package convoy.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The limit of the matching: one plain join, written for this bench alone, that yields the eligible
 * set of all campaigns from the same tables. It knows no reason, no count, no unknown version, no
 * requirement, and looks at every vehicle each time.
 */
final class BareJoin {
  /** What it took and how many vehicles it found, over all campaigns. */
  record Result(double seconds, long eligible) {}

  /**
   * The few rows that the join asks of each ECU; the join over the fleet shall not work them out.
   */
  private static final String TARGETS =
      """
      create or replace temp table bare_target as
      select c.campaign, t.module, unnest(t.hardware) as hardware_part, r.low_key, r.high_key, t.to_key, n.targets, u.models,
        u.powertrains, c.regions
      from campaign c
      join update_definition u on u.name = c.update_name and u.version = c.update_version
      join update_target t on t.update_name = u.name and t.update_version = u.version
      join update_range r
        on r.update_name = t.update_name and r.update_version = t.update_version and r.place = t.install_order
      join (select update_name, update_version, count(*) as targets from update_target group by all) n
        on n.update_name = u.name and n.update_version = u.version
      """;

  private static final String JOIN =
      """
      create or replace temp table bare as
      select t.campaign, e.vin
      from bare_target t
      join ecu e
        on e.module = t.module and e.hardware_part = t.hardware_part
        and (e.software_key >= t.low_key and e.software_key < t.high_key or e.software_key = t.to_key)
      join vehicle v
        on v.vin = e.vin
        and (len(t.models) = 0 or list_contains(t.models, v.model))
        and (len(t.powertrains) = 0 or list_contains(t.powertrains, v.powertrain))
        and (len(t.regions) = 0 or list_contains(t.regions, v.region))
      group by t.campaign, e.vin
      having bool_or(e.software_key <> t.to_key) and count(*) = any_value(t.targets)
      """;

  private BareJoin() {}

  /** The faster of two runs. */
  static Result measure(Path store) throws SQLException {
    try (Connection connection = BareDuckDb.connect(store);
        Statement statement = connection.createStatement()) {
      double best = Double.MAX_VALUE;
      for (int i = 0; i < 2; i++) {
        long start = System.nanoTime();
        statement.execute(TARGETS);
        statement.execute(JOIN);
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
      try (ResultSet count = statement.executeQuery("select count(*) from bare")) {
        count.next();
        return new Result(best, count.getLong(1));
      }
    }
  }
}

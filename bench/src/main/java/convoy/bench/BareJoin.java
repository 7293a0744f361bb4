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

  private static final String JOIN =
      """
      create or replace temp table bare as
      select c.campaign, e.vin
      from campaign c
      join update_definition u on u.name = c.update_name and u.version = c.update_version
      join (select update_name, update_version, module, to_key, install_order, unnest(hardware) as hardware_part
            from update_target) t
        on t.update_name = u.name and t.update_version = u.version
      join update_range r
        on r.update_name = t.update_name and r.update_version = t.update_version and r.place = t.install_order
      join ecu e
        on e.module = t.module and e.hardware_part = t.hardware_part
        and (e.software_key >= r.low_key and e.software_key < r.high_key or e.software_key = t.to_key)
      join vehicle v
        on v.vin = e.vin
        and (len(u.models) = 0 or list_contains(u.models, v.model))
        and (len(u.powertrains) = 0 or list_contains(u.powertrains, v.powertrain))
        and (len(c.regions) = 0 or list_contains(c.regions, v.region))
      group by c.campaign, e.vin
      having bool_or(e.software_key <> t.to_key) and count(*) = any_value((
        select count(*) from update_target n
        where n.update_name = c.update_name and n.update_version = c.update_version))
      """;

  private BareJoin() {}

  /** The faster of two runs. */
  static Result measure(Path store) throws SQLException {
    try (Connection connection = BenchFleet.connect(store);
        Statement statement = connection.createStatement()) {
      double best = Double.MAX_VALUE;
      for (int i = 0; i < 2; i++) {
        long start = System.nanoTime();
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

package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A campaign with a vehicle in each state, ten days after it began. */
abstract class CampaignInEachState extends StoreTest {
  static final Instant NOW = Fleet.NOW.plus(Duration.ofDays(10));

  /** Issued to seven vehicles, of which six are in later states; three are not issued. */
  @BeforeEach
  void fill() {
    Fleet.landTen(store);
    Samples.register(store, "c", "brakes", "SCHEDULED", 50, Samples.ALL);
    Samples.register(store, "later", "brakes", "SCHEDULED", 40, Samples.ALL);
    Eligibility.match(store, Fleet.MATCHING, Fleet.NOW);
    Waves.plan(store, "c", List.of("one", "two"), List.of(8L, 2L), Fleet.NOW);
    Waves.plan(store, "later", List.of("all"), List.of(10L), Fleet.NOW);
    Waves.settleCompetition(store, Fleet.NOW);
    Fleet.prepare(store, "c", Fleet.MATCHING, ZoneOffset.UTC, Fleet.packing(10), Fleet.NOW);
    List<String> issued = rows("select vin from manifest order by vin");
    assertThat(issued).hasSize(8);
    // One of them was prepared in a shard that was never written.
    change("update manifest set shard = 1 where vin = '" + issued.get(7) + "'");
    Issuing.markIssued(store, new Issuing.Shard("c", 1, 0, 7), "00", List.of("k"), Fleet.NOW);
    setState(issued.get(1), "IN_PROGRESS");
    setState(issued.get(2), "SILENT");
    setState(issued.get(3), "SILENT");
    setState(issued.get(4), "RETRY_DUE");
    setState(issued.get(5), "INSTALLED");
    setState(issued.get(6), "EXPIRED");
    change("update manifest set expires_at = issued_at where vin = '" + issued.get(6) + "'");
    for (int begun : new int[] {1, 3, 4, 5}) {
      change(
          "insert into status_event values ('e%d', now(), '%s', 'ABS', 'c', 1, 1, 'RECEIVED', null,"
                  .formatted(begun, issued.get(begun))
              + " null, null, null, 'aa', 1, now())");
    }
  }

  final void change(String sql) {
    store.transaction(db -> db.text(sql).update());
  }

  final void setState(String vin, String state) {
    change(
        "update assignment set state = '%s' where campaign = 'c' and vin = '%s'"
            .formatted(state, vin));
  }

  final List<String> rows(String sql) {
    return store.read(db -> db.text(sql).query(String.class).list());
  }
}

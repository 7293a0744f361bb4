package convoy.data.duckdb;

import convoy.data.campaign.WaveSpread;
import java.time.Instant;
import java.util.List;

/**
 * The one place where it is decided which vehicle belongs to which wave. On the tables of the store
 * it makes a plan; on temporary ones of the same names, its preview.
 */
final class Planning {
  private Planning() {}

  /**
   * Makes the campaign's waves and assignments, and releases the first wave.
   *
   * @param names the waves' names, in order
   * @param sizes their vehicles, which together are the eligible ones
   */
  static void plan(Db db, String campaign, List<String> names, List<Long> sizes, Instant now) {
    for (int i = 0; i < names.size(); i++) {
      db.text("insert into wave values (:campaign, :wave, :name, :state, :released, null)")
          .param("campaign", campaign)
          .param("wave", i + 1)
          .param("name", names.get(i))
          .param("state", i == 0 ? "RELEASED" : "PLANNED")
          .param("released", i == 0 ? Db.utc(now) : null)
          .update();
    }
    db.sql("plan/candidates").param("campaign", campaign).update();
    List<Long> kinds =
        db.text("select count(*) from candidate group by kind order by kind")
            .query(Long.class)
            .list();
    db.sql("plan/assign")
        .param("campaign", campaign)
        // A list of lists of numbers is written as JSON writes it.
        .param("spread", WaveSpread.of(sizes, kinds).toString())
        .param("now", Db.utc(now))
        .update();
    db.text("drop table candidate").update();
  }

  /** The eligible vehicles of the campaign's last matching. */
  static long eligible(Db db, String campaign) {
    return db.text("select count(*) from eligible where campaign = :campaign")
        .param("campaign", campaign)
        .query(Long.class)
        .single();
  }

  /** Hex SHA-256 over the campaign's digest and the wave of each vehicle. */
  static String digest(Db db, String campaign) {
    return db.sql("plan/digest").param("campaign", campaign).query(String.class).single();
  }

  /** Decides which campaign goes first on each vehicle that several claim. */
  static void settleCompetition(Db db, Instant now) {
    db.sql("plan/compete").param("now", Db.utc(now)).update();
  }
}

package convoy.data.duckdb;

import java.time.Instant;
import java.util.List;

/**
 * That a vehicle's newest manifest, the only one that it takes, asks for all that it may still act
 * on: what is prepared for one campaign carries what other campaigns have issued
 * (docs/adr/0027-manifests-carry-each-other.md).
 *
 * <p>At most one manifest that installs something or takes a vehicle back is prepared for it at a
 * time, and what withdraws others comes before that. So whatever is written last has the highest
 * version, and knows of all that was written before.
 */
public final class Carrying {
  /** What the manifests do that carry. */
  enum Kind {
    INSTALLING,
    WITHDRAWING,
    ROLLING_BACK
  }

  private Carrying() {}

  /**
   * Leaves in {@code carry} what the vehicles may still act on of other campaigns.
   *
   * @param asked the statement that selects the vehicles
   */
  static void find(Db db, String campaign, String asked, Instant now) {
    db.text(Sql.load("issue/carry").replace("{asked}", asked))
        .param("campaign", campaign)
        .param("now", Db.utc(now))
        .update();
  }

  /** Keeps what the manifests carry that were prepared since {@link #find}, and forgets it. */
  static void keep(Db db, String campaign, Kind kind) {
    db.sql("issue/keep_carried").param("campaign", campaign).param("kind", kind.name()).update();
    db.text("drop table carry").update();
  }

  /** What is prepared carries nothing that vehicles may no longer act on. */
  static void settle(Db db) {
    db.sql("issue/settle_carried").update();
  }

  /**
   * Drops what other campaigns have prepared for the vehicles, since a newer manifest goes before
   * it; they prepare it anew once that is written, at the latest with the next run.
   *
   * @param asked the statement that selects the vehicles
   * @param kind of the newer ones; what withdraws goes before rollbacks too
   */
  static void clear(Db db, String campaign, String asked, Kind kind, String who, Instant now) {
    boolean rollbacks = kind == Kind.WITHDRAWING;
    List<String> others =
        db.text(Sql.load("control/prepared_beside").replace("{asked}", asked))
            .param("campaign", campaign)
            .param("rollbacks", rollbacks)
            .query(String.class)
            .list();
    for (String other : others) {
      db.text(Sql.load("control/to_drop_beside").replace("{asked}", asked))
          .param("campaign", other)
          .param("rollbacks", rollbacks)
          .update();
      CampaignStops.drop(db, other, who, now);
    }
  }

  /**
   * The shards in which that was first issued which the shard's manifests carry: what holds for
   * their vehicles has to hold still.
   */
  public static List<Issuing.Shard> sources(FleetStore store, Issuing.Shard shard) {
    return store.read(
        db ->
            Issuing.bind(db.sql("issue/carried_sources"), shard)
                .query((row, i) -> Issuing.shard(row))
                .list());
  }

  /** The re-releases that the shard names, by {@link Rollbacks.Release#name}. */
  public static List<String> releases(FleetStore store, Issuing.Shard shard) {
    return store.read(
        db -> Issuing.bind(db.sql("issue/carried_releases"), shard).query(String.class).list());
  }

  /**
   * The shard's manifests, which are prepared, carry no longer what was first issued in another.
   *
   * @param why as a sentence
   * @return the shard as it is then
   */
  public static Issuing.Shard leave(
      FleetStore store, Issuing.Shard shard, Issuing.Shard source, String why, Instant now) {
    int[] left = new int[1];
    store.transaction(
        db -> {
          left[0] =
              Issuing.bind(db.sql("issue/leave_carried"), shard)
                  .param("source_campaign", source.campaign())
                  .param("source_wave", source.wave())
                  .param("source_shard", source.shard())
                  .update();
          AuditLog.append(
              db,
              now,
              "NOT_CARRIED",
              source.campaign(),
              null,
              "%d vehicles in wave %d shard %d of campaign %s: %s"
                  .formatted(left[0], shard.wave(), shard.shard(), shard.campaign(), why));
        });
    return Issuing.prepared(store).stream()
        .filter(
            is ->
                is.campaign().equals(shard.campaign())
                    && is.wave() == shard.wave()
                    && is.shard() == shard.shard())
        .findFirst()
        .orElseThrow();
  }
}

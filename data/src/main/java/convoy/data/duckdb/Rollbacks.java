package convoy.data.duckdb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes vehicles back to the versions that they had before a campaign: earlier images are released
 * again, and manifests that name them are prepared. Issuing writes them as it writes all others.
 */
public final class Rollbacks {
  private Rollbacks() {}

  /**
   * Vehicles of a campaign that are to go back by now and have no prepared manifest for it.
   *
   * @param byPerson because a person asked for it
   * @param byPlan because the campaign's definition says so
   */
  public record Due(String campaign, long byPerson, long byPlan) {}

  /**
   * All that are due, by campaign; what was prepared and fits no more is dropped before, and so is
   * what it carries and nobody may act on any more.
   */
  public static List<Due> due(FleetStore store, Instant now) {
    store.transaction(
        db -> {
          for (String campaign : db.sql("rollback/stale").query(String.class).list()) {
            db.sql("rollback/to_drop").param("campaign", campaign).update();
            CampaignStops.drop(db, campaign, db.actor(), now);
          }
          Carrying.settle(db);
        });
    return store.read(
        db ->
            db.sql("rollback/due")
                .param("now", Db.utc(now))
                .query(
                    (row, i) ->
                        new Due(
                            row.getString("campaign"),
                            row.getLong("by_person"),
                            row.getLong("by_plan")))
                .list());
  }

  /** The campaigns of which vehicles have a manifest that takes them back, and told no outcome. */
  public static List<String> underWay(FleetStore store) {
    return store.read(
        db ->
            db.text(
                    "select distinct campaign from assignment where state = 'ROLLBACK_ISSUED'"
                        + " order by campaign")
                .query(String.class)
                .list());
  }

  /**
   * A vehicle that is to go back by now because a person asked for it.
   *
   * @param rollback the number of the order
   */
  public record Asked(String vin, int wave, long rollback) {}

  /** Those of the campaign, by VIN. */
  public static List<Asked> asked(FleetStore store, String campaign, Instant now) {
    return store.read(
        db ->
            db.sql("rollback/asked_back")
                .param("campaign", campaign)
                .param("now", Db.utc(now))
                .query(
                    (row, i) ->
                        new Asked(
                            row.getString("vin"), row.getInt("wave"), row.getLong("rollback")))
                .list());
  }

  /**
   * Keeps which vehicles of the campaign are to go back and are not told so, in place of what was
   * kept before: no manifest is prepared for them.
   *
   * @param refused why, as a sentence, by VIN
   */
  public static void refuse(
      FleetStore store, String campaign, Map<String, String> refused, Instant now) {
    Map<String, List<String>> vins = new TreeMap<>();
    refused.forEach((vin, why) -> vins.computeIfAbsent(why, w -> new ArrayList<>()).add(vin));
    store.transaction(
        db -> {
          forgetRefused(db, campaign, false);
          vins.forEach(
              (why, vehicles) ->
                  db.sql("rollback/refuse")
                      .param("campaign", campaign)
                      .param("vins", Db.json(vehicles))
                      .param("reason", why)
                      .param("now", Db.utc(now))
                      .update());
        });
  }

  /**
   * Forgets what was refused, as it is looked at anew.
   *
   * @param told of vehicles that were told to go back, and not of those that are to be
   */
  static void forgetRefused(Db db, String campaign, boolean told) {
    db.sql("rollback/forget_refused").param("campaign", campaign).param("told", told).update();
  }

  /**
   * Drops a shard that takes vehicles back and that must not be signed, so that it keeps no other
   * campaign from its vehicles, and keeps why.
   *
   * @param why as a sentence
   */
  public static void refuse(FleetStore store, Issuing.Shard shard, String why, Instant now) {
    store.transaction(
        db -> {
          Issuing.bind(db.sql("rollback/refuse_shard"), shard)
              .param("reason", why)
              .param("now", Db.utc(now))
              .update();
          Issuing.bind(db.sql("rollback/drop_shard"), shard).update();
          CampaignStops.drop(db, shard.campaign(), db.actor(), now);
        });
  }

  /**
   * Which vehicles of a campaign are looked at, and what they may go back to.
   *
   * @param byPlan whether those too that no person asked for
   * @param trusted the updates whose images may be installed, name and version with a space between
   */
  public record Scope(String campaign, boolean byPlan, Collection<String> trusted) {
    public Scope {
      trusted = List.copyOf(trusted);
    }
  }

  /** The updates whose images they would go back to, name and version with a space between. */
  public static List<String> sources(FleetStore store, Scope scope, Instant now) {
    String[][] sources = new String[1][];
    store.transaction(
        db -> {
          due(db, scope, now);
          sources[0] = db.sql("rollback/sources").query(String.class).list().toArray(String[]::new);
          forget(db);
        });
    return List.of(sources[0]);
  }

  /**
   * What became of vehicles that need no manifest.
   *
   * @param stuck that have no way back, and are SERVICE_REQUIRED
   * @param back of which every ECU runs the version from before by now
   * @param releases earlier images that were released again
   */
  public record Settled(int stuck, int back, int releases) {}

  /** Settles vehicles that cannot go back or need not, and releases earlier images again. */
  public static Settled settle(FleetStore store, Scope scope, Instant now) {
    Settled[] settled = new Settled[1];
    store.transaction(
        db -> {
          due(db, scope, now);
          int stuck = at(db, "rollback/cannot", scope, now);
          int back = at(db, "rollback/back_already", scope, now);
          int releases = db.sql("rollback/release").param("now", Db.utc(now)).update();
          forget(db);
          settled[0] = new Settled(stuck, back, releases);
          if (stuck + back + releases > 0) {
            AuditLog.append(
                db,
                now,
                "ROLLBACK_SETTLED",
                scope.campaign(),
                null,
                "%d vehicles cannot go back, %d have gone back already, %d images released again"
                    .formatted(stuck, back, releases));
          }
        });
    return settled[0];
  }

  private static int at(Db db, String statement, Scope scope, Instant now) {
    return db.sql(statement).param("campaign", scope.campaign()).param("now", Db.utc(now)).update();
  }

  /**
   * An earlier image that was released again.
   *
   * @param update its update, name and version with a space between
   */
  public record Release(String module, int releaseCounter, String update) {
    /** As {@link #prepare} is told which are listed. */
    public String name() {
      return module + " " + releaseCounter;
    }
  }

  /** All that were, by module and counter. */
  public static List<Release> releases(FleetStore store) {
    return store.read(
        db ->
            db.text(
                    "select module, release_counter, update_name || ' ' || update_version as update_ref"
                        + " from re_release order by module, release_counter")
                .query(
                    (row, i) ->
                        new Release(
                            row.getString("module"),
                            row.getInt("release_counter"),
                            row.getString("update_ref")))
                .list());
  }

  /** Vehicles that wait for a release that the image repository does not list. */
  public record Waiting(String release, String update, long vehicles) {}

  /**
   * Gives every vehicle that can go back a manifest version and a place in a shard, in one
   * transaction. Vehicles that have one already are left as they are, so that a restart issues the
   * same.
   *
   * @param listed the releases that the image repository lists, by their names
   * @return for which releases others wait
   */
  public static List<Waiting> prepare(
      FleetStore store,
      Scope scope,
      Collection<String> listed,
      Issuing.Packing packing,
      Instant now) {
    List<Waiting> waiting = new ArrayList<>();
    String names = Db.json(listed);
    store.transaction(
        db -> {
          due(db, scope, now);
          db.sql("rollback/ready").param("listed", names).update();
          String ready = "select vin from back_ready";
          Carrying.clear(db, scope.campaign(), ready, Carrying.Kind.ROLLING_BACK, db.actor(), now);
          Carrying.find(db, scope.campaign(), ready, now);
          List<Long> persons =
              db.text("select distinct rollback from back_vehicle where rollback is not null")
                  .query(Long.class)
                  .list();
          for (long number : persons.stream().sorted().toList()) {
            prepare(db, scope, number, null, packing, now);
          }
          if (scope.byPlan()) {
            long plan = plan(db, scope.campaign(), now);
            prepare(db, scope, plan, plan, packing, now);
          }
          Carrying.keep(db, scope.campaign(), Carrying.Kind.ROLLING_BACK);
          waiting.addAll(
              db.sql("rollback/waiting")
                  .param("listed", names)
                  .query(
                      (row, i) ->
                          new Waiting(
                              row.getString("release"),
                              row.getString("update_ref"),
                              row.getLong("vehicles")))
                  .list());
          db.text("drop table back_ready").update();
          forget(db);
        });
    return waiting;
  }

  private static void prepare(
      Db db, Scope scope, long number, @Nullable Long plan, Issuing.Packing packing, Instant now) {
    db.sql("rollback/prepare")
        .param("campaign", scope.campaign())
        .param("rollback", number)
        .param("plan", plan)
        .param("per_shard", packing.perShard())
        .param("now", Db.utc(now))
        .param("expires", Db.utc(now.plus(packing.validFor())))
        .update();
    db.sql("rollback/prepare_targets")
        .param("campaign", scope.campaign())
        .param("rollback", number)
        .update();
  }

  /** The number under which the campaign's definition takes vehicles back. */
  private static long plan(Db db, String campaign, Instant now) {
    return db.text("select rollback from rollback where campaign = :campaign and act is null")
        .param("campaign", campaign)
        .query(Long.class)
        .optional()
        .orElseGet(
            () ->
                VehicleOrders.ROLLBACK.insertPlanned(
                    db, campaign, "by the campaign's definition", now));
  }

  /**
   * The updates whose images a shard takes vehicles back to, name and version with a space between;
   * empty where it names an ECU that no release stands for, or not the version from before.
   */
  public static Optional<List<String>> sourcesOf(FleetStore store, Issuing.Shard shard) {
    List<Optional<String>> sources =
        store.read(
            db ->
                Issuing.bind(db.sql("rollback/shard_sources"), shard)
                    .query((row, i) -> Optional.ofNullable(row.getString("update_ref")))
                    .list());
    return sources.stream().allMatch(Optional::isPresent)
        ? Optional.of(sources.stream().map(Optional::orElseThrow).toList())
        : Optional.empty();
  }

  /** Leaves the due vehicles in {@code back_vehicle}, and their ECUs in {@code back_part}. */
  private static void due(Db db, Scope scope, Instant now) {
    db.sql("rollback/due_vehicles")
        .param("campaign", scope.campaign())
        .param("by_plan", scope.byPlan())
        .param("now", Db.utc(now))
        .update();
    parts(db, scope.campaign(), scope.trusted());
  }

  static void parts(Db db, String campaign, Collection<String> trusted) {
    db.sql("rollback/parts")
        .param("campaign", campaign)
        .param("trusted", Db.json(trusted))
        .update();
  }

  static void forget(Db db) {
    db.text("drop table back_part").update();
    db.text("drop table back_vehicle").update();
  }
}

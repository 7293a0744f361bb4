package convoy.data.duckdb;

import convoy.data.campaign.PlanRules;
import convoy.data.campaign.Rate;
import convoy.data.eligibility.MatchRules;
import convoy.data.status.AssignmentState;
import convoy.data.status.GateNumbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Manifests from their preparation to the moment at which their shard is on disk. */
public final class Issuing {
  private Issuing() {}

  /**
   * One shard that is prepared and not issued yet.
   *
   * @param withdrawal why its manifests take others back ({@link Withdrawals}); null: they install
   *     something
   * @param rollback why they install earlier images ({@link Rollbacks}); null: they do not
   * @param carrying how many of them carry what other campaigns ask of their vehicles
   */
  public record Shard(
      String campaign,
      int wave,
      int shard,
      int vehicles,
      @Nullable Long withdrawal,
      @Nullable Long rollback,
      int carrying) {
    /** A shard whose manifests install the campaign's update, and that alone. */
    public Shard(String campaign, int wave, int shard, int vehicles) {
      this(campaign, wave, shard, vehicles, null, null, 0);
    }
  }

  /**
   * How manifests are put into shards.
   *
   * @param perShard vehicles a shard at most
   * @param validFor from their issue until they run out
   */
  public record Packing(int perShard, Duration validFor) {}

  /**
   * What was prepared for a campaign.
   *
   * @param later vehicles whose turn has come, and that get another campaign's manifest first
   */
  public record Prepared(int manifests, int later) {}

  /**
   * Gives every vehicle of the campaign whose turn has come a manifest version and a place in a
   * shard, in one transaction. Vehicles that have a prepared manifest already are left as they are,
   * so that a restart issues the same.
   *
   * @param rules by which it is decided once more whether the update fits
   * @param listed the re-releases that the image repository lists, by {@link
   *     Rollbacks.Release#name}
   * @param unwritten campaigns of which the job writes what one that was cut off has prepared; none
   *     once that is written
   * @param zone of the calendar days and nights of the campaign's rate
   */
  public static Prepared prepare(
      FleetStore store,
      String campaign,
      MatchRules rules,
      Collection<String> listed,
      Collection<String> unwritten,
      ZoneId zone,
      Packing packing,
      Instant now) {
    Prepared[] prepared = new Prepared[1];
    VersionKeys keys = new VersionKeys(store, rules.modules());
    store.transaction(
        db -> {
          db.sql("issue/turn")
              .param("campaign", campaign)
              .param("listed", Db.json(listed))
              .param("unwritten", Db.json(unwritten))
              .param("now", Db.utc(now))
              .update();
          int later = db.text("delete from turn where is_later").update();
          Carrying.find(db, campaign, "select vin from turn", now);
          Subjects.fresh(db, "turn");
          Judgement judgement = Judgement.of(db, keys, List.of(campaign));
          judgement.keep();
          Holds.closedRegions(db, rules.zones(), now);
          long allowance = allowance(db, campaign, now.atZone(zone));
          int manifests =
              judgement
                  .judged(
                      Sql.load("issue/prepare_manifests")
                          .replace(
                              "{within_rate}",
                              allowance == Long.MAX_VALUE ? "" : Sql.load("issue/within_rate")),
                      List.of(campaign),
                      Db.utc(rules.staleBefore(now)))
                  .param("campaign", campaign)
                  .param("allowance", allowance)
                  .param("per_shard", packing.perShard())
                  .param("now", Db.utc(now))
                  .param("expires", Db.utc(now.plus(packing.validFor())))
                  .update();
          db.sql("issue/prepare_targets").param("campaign", campaign).update();
          Carrying.keep(db, campaign, Carrying.Kind.INSTALLING);
          prepared[0] = new Prepared(manifests, later);
        });
    return prepared[0];
  }

  /** Which manifests are to be signed anew. */
  public enum Resigned {
    /** Those that install something, where a vehicle may still act on it. */
    INSTALLING,
    /** Those that take others back. */
    WITHDRAWING,
    /** Those that take vehicles back which have told no outcome, because a person asked for it. */
    ROLLING_BACK,
    /** The same, and those that do so by the campaign's definition. */
    ROLLING_BACK_BY_PLAN;

    private boolean isRollback() {
      return kind() == Carrying.Kind.ROLLING_BACK;
    }

    private Carrying.Kind kind() {
      return switch (this) {
        case INSTALLING -> Carrying.Kind.INSTALLING;
        case WITHDRAWING -> Carrying.Kind.WITHDRAWING;
        case ROLLING_BACK, ROLLING_BACK_BY_PLAN -> Carrying.Kind.ROLLING_BACK;
      };
    }
  }

  /**
   * Manifests that were prepared anew.
   *
   * @param refused since a key that signed them is refused
   * @param leftOut since a newer manifest of another campaign leaves them out
   */
  public record Anew(long refused, long leftOut) {
    private static final Anew NONE = new Anew(0, 0);
  }

  /**
   * Prepares the manifests of the campaign anew of which a key is refused by now, or which the
   * vehicle's newest manifest leaves out, in one transaction: the same, under the next version.
   * They count neither for the rate nor as issued once more.
   *
   * @param accepted the ids of the keys whose signatures vehicles take
   */
  public static Anew resign(
      FleetStore store,
      String campaign,
      Resigned which,
      Collection<String> accepted,
      Packing packing,
      Instant now) {
    return resign(store, campaign, which, accepted, shard -> Optional.empty(), packing, now);
  }

  /**
   * The same of what takes vehicles back.
   *
   * @param refusal why what was issued in a shard may not be signed once more, as a sentence; it is
   *     kept with the vehicles, for which nothing is prepared
   */
  public static Anew resign(
      FleetStore store,
      String campaign,
      Resigned which,
      Collection<String> accepted,
      Function<Shard, Optional<String>> refusal,
      Packing packing,
      Instant now) {
    Anew[] prepared = {Anew.NONE};
    store.transaction(
        db -> {
          // Looking for what others leave out takes seconds in a large fleet.
          boolean isAlone =
              db.text(
                      "select count(*) = 0 from (select 1 from manifest where campaign <> :campaign limit 1)")
                  .param("campaign", campaign)
                  .query(Boolean.class)
                  .single();
          String leftOut =
              isAlone || which == Resigned.WITHDRAWING
                  ? "select null::varchar as vin, null::bigint as version where false"
                  : Sql.load("issue/left_out");
          db.text(Sql.load("issue/to_resign").replace("{left_out}", leftOut))
              .param("campaign", campaign)
              .param("accepted", Db.json(accepted))
              .param("which", which.name())
              .param("now", Db.utc(now))
              .update();
          if (which.isRollback()) {
            refuse(db, campaign, refusal, now);
          }
          // What follows looks through all manifests, and seldom has anything to do.
          prepared[0] =
              db.text(
                      "select count(*) filter (is_refused) as refused,"
                          + " count(*) filter (not is_refused) as left_out from to_resign")
                  .query((row, i) -> new Anew(row.getLong("refused"), row.getLong("left_out")))
                  .single();
          if (!prepared[0].equals(Anew.NONE)) {
            Carrying.find(db, campaign, "select vin from to_resign", now);
            db.sql("issue/resign")
                .param("campaign", campaign)
                .param("per_shard", packing.perShard())
                .param("now", Db.utc(now))
                .param("expires", Db.utc(now.plus(packing.validFor())))
                .update();
            db.sql("issue/keep_resigned").param("campaign", campaign).update();
            db.sql("issue/copy_targets").update();
            Carrying.keep(db, campaign, which.kind());
          }
          db.text("drop table to_resign").update();
        });
    return prepared[0];
  }

  private static void refuse(
      Db db, String campaign, Function<Shard, Optional<String>> refusal, Instant now) {
    Rollbacks.forgetRefused(db, campaign, true);
    for (Shard shard : db.sql("rollback/told_shards").query((row, i) -> shard(row)).list()) {
      refusal
          .apply(shard)
          .ifPresent(
              why ->
                  bind(db.sql("rollback/refuse_told"), shard)
                      .param("reason", why)
                      .param("now", Db.utc(now))
                      .update());
    }
    db.text(
            "delete from to_resign where vin in"
                + " (select vin from refused_rollback where campaign = :campaign and told)")
        .param("campaign", campaign)
        .update();
  }

  /**
   * Releases the campaign's images again where vehicles went back before, and so refuse their
   * release counters.
   */
  public static void release(FleetStore store, String campaign, Instant now) {
    store.transaction(
        db -> {
          int released =
              db.sql("issue/release")
                  .param("campaign", campaign)
                  .param("now", Db.utc(now))
                  .update();
          if (released > 0) {
            AuditLog.append(
                db,
                now,
                "IMAGES_RELEASED",
                campaign,
                null,
                "%d modules' images again, for vehicles that went back".formatted(released));
          }
        });
  }

  /** How many manifests the campaign's rate still leaves at that moment. */
  private static long allowance(Db db, String campaign, ZonedDateTime now) {
    ZonedDateTime noon = now.with(LocalTime.NOON);
    Map<AssignmentState, Long> vehicles = new EnumMap<>(AssignmentState.class);
    db.text(
            "select state, count(*) as vehicles from assignment where campaign = :campaign"
                + " group by state")
        .param("campaign", campaign)
        .query(
            row -> {
              vehicles.put(
                  AssignmentState.valueOf(row.getString("state")), row.getLong("vehicles"));
            });
    GateNumbers numbers = GateNumbers.of(vehicles);
    return db.sql("issue/allowance")
        .param("campaign", campaign)
        .param("hour_began", Db.utc(now.toInstant().minus(Duration.ofHours(1))))
        .param("night_began", Db.utc((noon.isAfter(now) ? noon.minusDays(1) : noon).toInstant()))
        .param("day_began", Db.utc(now.toLocalDate().atStartOfDay(now.getZone()).toInstant()))
        .query(
            (row, i) ->
                PlanRules.allowance(
                    row.getString("definition"),
                    numbers.installed(),
                    numbers.failed(),
                    numbers.silent(),
                    new Rate.Issued(row.getLong("hour"), row.getLong("night"), row.getLong("day"))))
        .single();
  }

  /**
   * The shards of these campaigns that are prepared and not issued, in the order in which campaigns
   * go first.
   */
  public static List<Shard> shards(FleetStore store, Collection<String> campaigns) {
    return store.read(
        db ->
            db.sql("issue/shards")
                .param("campaigns", Db.json(campaigns))
                .query((row, i) -> shard(row))
                .list());
  }

  static Shard shard(ResultSet row) throws SQLException {
    return new Shard(
        row.getString("campaign"),
        row.getInt("wave"),
        row.getInt("shard"),
        row.getInt("vehicles"),
        row.getObject("withdrawal", Long.class),
        row.getObject("rollback", Long.class),
        row.getInt("carrying"));
  }

  /** The time of issue that the latest manifest has; empty when there is none. */
  public static Optional<Instant> lastIssuedAt(FleetStore store) {
    return store.read(
        db ->
            db.text("select issued_at from manifest order by issued_at desc limit 1")
                .query((row, i) -> Objects.requireNonNull(Db.instant(row, "issued_at")))
                .optional());
  }

  /** The shards of all campaigns that are prepared and not issued. */
  public static List<Shard> prepared(FleetStore store) {
    return store.read(db -> db.sql("issue/prepared_shards").query((row, i) -> shard(row)).list());
  }

  /** The shards that are prepared and take manifests back, of campaigns in any state. */
  public static List<Shard> withdrawing(FleetStore store) {
    return store.read(
        db -> db.sql("issue/withdrawing_shards").query((row, i) -> shard(row)).list());
  }

  /** The shards that are prepared and take vehicles back, of campaigns in any state. */
  public static List<Shard> rollingBack(FleetStore store) {
    return store.read(db -> db.sql("rollback/shards").query((row, i) -> shard(row)).list());
  }

  /** The versions of the shard's manifests, by VIN. */
  public static Map<String, Long> versions(FleetStore store, Shard shard) {
    return store.read(
        db -> {
          Map<String, Long> versions = new HashMap<>();
          bind(
                  db.text(
                      "select vin, version from manifest"
                          + " where campaign = :campaign and wave = :wave and shard = :shard"),
                  shard)
              .query(
                  row -> {
                    versions.put(row.getString("vin"), row.getLong("version"));
                  });
          return versions;
        });
  }

  /**
   * Records that the shard is on disk under its final name: its manifests and assignments are
   * issued. Doing so again changes nothing.
   *
   * @param keyids of the keys that signed in it
   */
  public static void markIssued(
      FleetStore store, Shard shard, String sha256, Collection<String> keyids, Instant now) {
    store.transaction(
        db -> {
          // What withdraws has ended its assignments before.
          if (shard.rollback() != null) {
            bind(db.sql("rollback/mark_issued"), shard).param("now", Db.utc(now)).update();
          } else if (shard.withdrawal() == null) {
            bind(db.sql("issue/mark_assignments"), shard).param("now", Db.utc(now)).update();
            bind(db.sql("issue/mark_resigned"), shard).param("now", Db.utc(now)).update();
          }
          int manifests = bind(db.sql("issue/mark_manifests"), shard).update();
          if (manifests > 0) {
            bind(
                    db.text(
                        "insert into shard_key select :campaign, :wave, :shard,"
                            + " unnest(cast(cast(:keyids as json) as varchar[]))"),
                    shard)
                .param("keyids", Db.json(keyids))
                .update();
            AuditLog.append(
                db,
                now,
                "MANIFESTS_ISSUED",
                shard.campaign(),
                null,
                "wave %d shard %d: %d vehicles%s, sha256 %s"
                    .formatted(shard.wave(), shard.shard(), manifests, purpose(shard), sha256));
          }
        });
  }

  private static String purpose(Shard shard) {
    if (shard.withdrawal() != null) {
      return ", to withdraw what they were given";
    }
    return shard.rollback() == null ? "" : ", to go back to the versions from before";
  }

  static SqlStatement bind(SqlStatement statement, Shard shard) {
    return statement
        .param("campaign", shard.campaign())
        .param("wave", shard.wave())
        .param("shard", shard.shard());
  }
}

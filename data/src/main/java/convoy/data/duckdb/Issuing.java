package convoy.data.duckdb;

import convoy.data.campaign.PlanRules;
import convoy.data.campaign.Rate;
import convoy.data.eligibility.MatchRules;
import convoy.data.io.FileDigest;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Manifests from their preparation to the moment at which their shard is on disk. */
public final class Issuing {
  private Issuing() {}

  /**
   * One shard that is prepared and not issued yet.
   *
   * @param withdrawal why its manifests take others back ({@link Withdrawals}); null: they install
   *     something
   * @param rollback why they install earlier images ({@link Rollbacks}); null: they do not
   */
  public record Shard(
      String campaign,
      int wave,
      int shard,
      int vehicles,
      @Nullable Long withdrawal,
      @Nullable Long rollback) {
    /** A shard whose manifests install the campaign's update. */
    public Shard(String campaign, int wave, int shard, int vehicles) {
      this(campaign, wave, shard, vehicles, null, null);
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
   * What the manifests of a shard say.
   *
   * @param preconditions what their vehicles must see to first, a JSON object
   * @param images those that they may name
   * @param requests the manifests, by VIN
   */
  public record Content(String preconditions, List<Image> images, List<Request> requests) {
    /** What takes others back names no images. */
    static Content withdrawing(List<Request> requests) {
      return new Content("{}", List.of(), requests);
    }
  }

  /**
   * An image as manifests name it, by its module, the counter of its release and the hardware.
   *
   * @param hardwareIds the hardware that it is for; empty for any of the module
   * @param fileName its file name in its update
   */
  public record Image(
      String module,
      int releaseCounter,
      List<String> hardwareIds,
      String fileName,
      FileDigest clear,
      FileDigest encrypted,
      String version,
      int installOrder,
      int installGroup) {}

  /**
   * What one manifest says.
   *
   * @param ecus the ECUs that it addresses and the images for them, by module: a JSON array of
   *     arrays of module, serial, hardware part, release counter, and certificate or null
   */
  public record Request(
      String vin,
      long version,
      String campaign,
      int wave,
      int attempt,
      String correlationId,
      Instant issuedAt,
      Instant expiresAt,
      String ecus) {}

  /**
   * Gives every vehicle of the campaign whose turn has come a manifest version and a place in a
   * shard, in one transaction. Vehicles that have a prepared manifest already are left as they are,
   * so that a restart issues the same.
   *
   * @param rules by which it is decided once more whether the update fits
   * @param listed the re-releases that the image repository lists, by {@link
   *     Rollbacks.Release#name}
   * @param zone of the calendar days and nights of the campaign's rate
   * @return how many manifests were prepared
   */
  public static int prepare(
      FleetStore store,
      String campaign,
      MatchRules rules,
      Collection<String> listed,
      ZoneId zone,
      Packing packing,
      Instant now) {
    int[] prepared = new int[1];
    VersionKeys keys = new VersionKeys(store, rules.modules());
    store.transaction(
        db -> {
          db.sql("issue/turn")
              .param("campaign", campaign)
              .param("listed", Db.json(listed))
              .param("now", Db.utc(now))
              .update();
          Subjects.fresh(db, "turn");
          Judgement judgement = Judgement.of(db, keys, List.of(campaign));
          judgement.keep();
          Holds.closedRegions(db, rules.zones(), now);
          prepared[0] =
              judgement
                  .judged(
                      Sql.load("issue/prepare_manifests"),
                      List.of(campaign),
                      Db.utc(rules.staleBefore(now)))
                  .param("campaign", campaign)
                  .param("allowance", allowance(db, campaign, now.atZone(zone)))
                  .param("per_shard", packing.perShard())
                  .param("now", Db.utc(now))
                  .param("expires", Db.utc(now.plus(packing.validFor())))
                  .update();
          db.sql("issue/prepare_targets").param("campaign", campaign).update();
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
    ROLLING_BACK_BY_PLAN
  }

  /**
   * Prepares the manifests of the campaign anew of which a key is refused by now, in one
   * transaction: the same, under the next version. They count neither for the rate nor as issued
   * once more.
   *
   * @param accepted the ids of the keys whose signatures vehicles take
   * @return how many were prepared
   */
  public static int resign(
      FleetStore store,
      String campaign,
      Resigned which,
      Collection<String> accepted,
      Packing packing,
      Instant now) {
    int[] prepared = new int[1];
    store.transaction(
        db -> {
          db.sql("issue/to_resign")
              .param("campaign", campaign)
              .param("accepted", Db.json(accepted))
              .param("which", which.name())
              .param("now", Db.utc(now))
              .update();
          // What follows looks through all manifests, and seldom has anything to do.
          if (db.text("select count(*) from to_resign").query(Long.class).single() > 0) {
            prepared[0] =
                db.sql("issue/resign")
                    .param("campaign", campaign)
                    .param("per_shard", packing.perShard())
                    .param("now", Db.utc(now))
                    .param("expires", Db.utc(now.plus(packing.validFor())))
                    .update();
            db.sql("issue/keep_resigned").update();
            db.sql("issue/copy_targets").update();
          }
          db.text("drop table to_resign").update();
        });
    return prepared[0];
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

  private static Shard shard(ResultSet row) throws SQLException {
    return new Shard(
        row.getString("campaign"),
        row.getInt("wave"),
        row.getInt("shard"),
        row.getInt("vehicles"),
        row.getObject("withdrawal", Long.class),
        row.getObject("rollback", Long.class));
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

  /** What the manifests of the shard say. */
  public static Content content(FleetStore store, Shard shard) {
    return store.read(
        db ->
            shard.withdrawal() == null
                ? installing(db, shard)
                : Content.withdrawing(
                    bind(db.sql("issue/shard_withdrawals"), shard)
                        .query((row, i) -> request(row, shard, "[]"))
                        .list()));
  }

  private static Content installing(Db db, Shard shard) {
    String preconditions =
        db.text(
                "select u.definition::json->>'$.preconditions' from campaign c join update_definition u"
                    + " on u.name = c.update_name and u.version = c.update_version"
                    + " where c.campaign = :campaign")
            .param("campaign", shard.campaign())
            .query(String.class)
            .single();
    return new Content(
        preconditions,
        db.sql("issue/campaign_images")
            .param("campaign", shard.campaign())
            .param("rollback", shard.rollback() != null)
            .query((row, i) -> image(row))
            .list(),
        bind(db.sql("issue/shard_requests"), shard)
            .query((row, i) -> request(row, shard, row.getString("ecus")))
            .list());
  }

  private static Image image(ResultSet row) throws SQLException {
    return new Image(
        row.getString("module"),
        row.getInt("release_counter"),
        Db.texts(row, "hardware"),
        row.getString("image_name"),
        new FileDigest(
            row.getLong("image_length"),
            row.getString("image_sha256"),
            row.getString("image_sha512")),
        new FileDigest(
            row.getLong("encrypted_length"),
            row.getString("encrypted_sha256"),
            row.getString("encrypted_sha512")),
        row.getString("to_version"),
        row.getInt("install_order"),
        row.getInt("install_group"));
  }

  private static Request request(ResultSet row, Shard shard, String ecus) throws SQLException {
    return new Request(
        row.getString("vin"),
        row.getLong("version"),
        shard.campaign(),
        shard.wave(),
        row.getInt("attempt"),
        row.getString("correlation_id"),
        Objects.requireNonNull(Db.instant(row, "issued_at")),
        Objects.requireNonNull(Db.instant(row, "expires_at")),
        ecus);
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

  static StatementSpec bind(StatementSpec statement, Shard shard) {
    return statement
        .param("campaign", shard.campaign())
        .param("wave", shard.wave())
        .param("shard", shard.shard());
  }
}

package convoy.data.duckdb;

import convoy.data.campaign.AudienceSize;
import convoy.data.campaign.VinList;
import convoy.data.trust.Hashes;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Updates and campaigns as they were registered. Each is kept as its definition, canonical JSON,
 * whose digest people sign; the rows that the SQL works with are derived from it.
 */
public final class Definitions {
  private Definitions() {}

  /**
   * A registered update.
   *
   * @param withdrawnAt since when no campaign may issue it; null while it may
   */
  public record Update(
      String name,
      String version,
      String definition,
      String digest,
      Instant registeredAt,
      @Nullable Instant withdrawnAt,
      @Nullable String withdrawnReason) {}

  /** The update of that name and version. */
  public static Optional<Update> update(FleetStore store, String name, String version) {
    return store.read(
        db ->
            db.text("select * from update_definition where name = :name and version = :version")
                .param("name", name)
                .param("version", version)
                .query((row, i) -> update(row))
                .optional());
  }

  /** All registered updates, by name and version. */
  public static List<Update> updates(FleetStore store) {
    return store.read(
        db ->
            db.text("select * from update_definition order by name, version")
                .query((row, i) -> update(row))
                .list());
  }

  private static Update update(ResultSet row) throws SQLException {
    return new Update(
        row.getString("name"),
        row.getString("version"),
        row.getString("definition"),
        row.getString("digest"),
        Objects.requireNonNull(Db.instant(row, "registered_at")),
        Db.instant(row, "withdrawn_at"),
        row.getString("withdrawn_reason"));
  }

  /** The release counter that the module's next update gets: one more than any before. */
  public static int nextReleaseCounter(FleetStore store, String module) {
    return store.read(
        db ->
            db.text(
                    "select coalesce(max(release_counter), 0) + 1 from last_release where module = :module")
                .param("module", module)
                .query(Integer.class)
                .single());
  }

  /** Registers an update. */
  public static void registerUpdate(
      FleetStore store, String name, String version, String definition, Instant now) {
    store.transaction(
        db -> {
          String digest = digest(definition);
          db.text(
                  Sql.whole(
                      "insert into update_definition select d.*, :definition, :digest, :now, null,"
                          + " null from ({defined_update}) d"))
              .param("definition", definition)
              .param("digest", digest)
              .param("now", Db.utc(now))
              .update();
          for (String table : List.of("target", "image", "condition", "range")) {
            db.text(Sql.whole("insert into update_%s from ({defined_%ss})".formatted(table, table)))
                .param("definition", definition)
                .update();
          }
          AuditLog.append(db, now, "UPDATE_REGISTERED", name + " " + version, null, digest);
        });
  }

  /** Registers a campaign without lists of VINs, as a draft that waits to be submitted. */
  public static void registerCampaign(FleetStore store, String id, String definition, Instant now) {
    registerCampaign(store, id, definition, Map.of(), size -> {}, now);
  }

  /**
   * Registers a campaign, as a draft that waits to be submitted.
   *
   * @param lists the VINs of the lists that the definition names
   * @param check told how much of the fleet the campaign may reach; when it throws, nothing is
   *     registered
   */
  public static void registerCampaign(
      FleetStore store,
      String id,
      String definition,
      Map<VinList.Kind, VinList> lists,
      Consumer<AudienceSize> check,
      Instant now) {
    Audiences.prepare(store);
    store.transaction(
        db -> {
          insertCampaign(db, definition, now);
          Audiences.keep(store, db, id, lists);
          check.accept(Audiences.size(db, id));
          AuditLog.append(db, now, "CAMPAIGN_DRAFT", id, null, digest(definition));
        });
  }

  static void insertCampaign(Db db, String definition, Instant now) {
    db.text(
            Sql.whole(
                "insert into campaign select d.*, :definition, :digest, 'DRAFT',"
                    + " 'waits to be submitted', :now, :now from ({defined_campaign}) d"))
        .param("definition", definition)
        .param("digest", digest(definition))
        .param("now", Db.utc(now))
        .update();
  }

  /**
   * Whether what the store says of a campaign and its update is what their definitions say, whose
   * digest people signed.
   *
   * @return the first thing that was altered, as a sentence; empty when all is as it was registered
   */
  public static Optional<String> alteration(FleetStore store, Campaigns.Campaign campaign) {
    Optional<Update> update = update(store, campaign.updateName(), campaign.updateVersion());
    if (update.isEmpty()) {
      return Optional.of(
          "update %s %s is not registered"
              .formatted(campaign.updateName(), campaign.updateVersion()));
    }
    Optional<String> ofUpdate = unusable(store, update.get());
    if (ofUpdate.isPresent()) {
      return ofUpdate;
    }
    if (!digest(campaign.definition()).equals(campaign.digest())) {
      return Optional.of(
          "the definition of campaign %s was altered in the store".formatted(campaign.id()));
    }
    if (!campaign.definition().contains("\"digest\":\"" + update.get().digest() + "\"")) {
      return Optional.of(
          "campaign %s was registered with another content of update %s"
              .formatted(campaign.id(), campaign.updateName()));
    }
    return alteredRows(store, update.get())
        .or(() -> alteredRows(store, campaign))
        .or(() -> unprovedWave(store, campaign));
  }

  /**
   * Whether an update is withdrawn, or what the store says of it is not what its definition says.
   *
   * @return the first thing that was found, as a sentence
   */
  public static Optional<String> alteration(FleetStore store, Update update) {
    return unusable(store, update).or(() -> alteredRows(store, update));
  }

  private static Optional<String> unusable(FleetStore store, Update update) {
    Optional<String> withdrawal = Updates.withdrawal(store, update);
    if (withdrawal.isPresent()) {
      return withdrawal;
    }
    if (!digest(update.definition()).equals(update.digest())) {
      return Optional.of(
          "the definition of update %s was altered in the store".formatted(update.name()));
    }
    return Optional.empty();
  }

  private static Optional<String> alteredRows(FleetStore store, Update update) {
    return altered(
        store.read(
            db ->
                db.sql("define/altered_update")
                    .param("name", update.name())
                    .param("version", update.version())
                    .param("definition", update.definition())
                    .query(String.class)
                    .list()));
  }

  private static Optional<String> alteredRows(FleetStore store, Campaigns.Campaign campaign) {
    return altered(
        store.read(
            db ->
                db.sql("define/altered_campaign")
                    .param("campaign", campaign.id())
                    .param("definition", campaign.definition())
                    .query(String.class)
                    .list()));
  }

  private static Optional<String> altered(List<String> tables) {
    return tables.stream()
        .findFirst()
        .map(table -> "rows of table %s were altered in the store".formatted(table));
  }

  private static Optional<String> unprovedWave(FleetStore store, Campaigns.Campaign campaign) {
    return store
        .read(
            db ->
                db.sql("define/unproved_wave")
                    .param("campaign", campaign.id())
                    .query(
                        (row, i) ->
                            "wave %s is %s, but no gate has let wave %s advance"
                                .formatted(
                                    row.getInt("wave"),
                                    row.getString("state"),
                                    row.getInt("wave") - 1))
                    .list())
        .stream()
        .findFirst();
  }

  /** Hex SHA-256 of a definition's UTF-8 bytes. */
  public static String digest(String definition) {
    return Hashes.sha256(definition.getBytes(StandardCharsets.UTF_8));
  }
}

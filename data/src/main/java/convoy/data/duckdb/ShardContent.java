package convoy.data.duckdb;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the manifests of a shard say.
 *
 * @param requests the manifests, by VIN
 * @param terms on what terms they install something, for their own campaign and for those that they
 *     carry; what takes others back has none for its own
 */
public record ShardContent(
    List<ShardContent.Request> requests, Map<ShardContent.Asking, ShardContent.Terms> terms) {
  /** Between the texts of a row: U+001F, as in {@code shard_requests.sql}. */
  private static final char SEPARATOR = '\u001f';

  /**
   * Whose manifests, and what for.
   *
   * @param rollback whether they take vehicles back
   */
  public record Asking(String campaign, boolean rollback) {
    /** That of a shard for its own campaign. */
    public static Asking of(Issuing.Shard shard) {
      return new Asking(shard.campaign(), shard.rollback() != null);
    }
  }

  /**
   * What manifests of one campaign have in common.
   *
   * @param preconditions what their vehicles must see to first, a JSON object
   * @param images those that they may name
   */
  public record Terms(String preconditions, List<Image> images) {}

  /**
   * What a manifest carries of another campaign's.
   *
   * @param ecus the ECUs that it addresses, by module
   */
  public record Carried(
      Asking asking, int wave, int attempt, String correlationId, List<Ecu> ecus) {}

  /**
   * An ECU and what it gets its image by.
   *
   * @param certificate its DER in Base64; null when none is known
   */
  public record Ecu(
      String module,
      String serial,
      String hardwareId,
      int releaseCounter,
      @Nullable String certificate) {}

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
   * @param ecus the ECUs that it addresses, by module
   * @param carried in the order in which campaigns go first
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
      List<Ecu> ecus,
      List<Carried> carried) {}

  /** What the manifests of the shard say. */
  public static ShardContent of(FleetStore store, Issuing.Shard shard) {
    return store.read(
        db -> {
          Map<String, List<Carried>> carried = carried(db, shard);
          Map<Asking, Terms> terms = new HashMap<>();
          carried.values().stream()
              .flatMap(List::stream)
              .forEach(part -> terms.computeIfAbsent(part.asking(), asking -> terms(db, asking)));
          if (shard.withdrawal() == null) {
            Asking own = Asking.of(shard);
            terms.put(own, terms(db, own));
          }
          return new ShardContent(
              shard.withdrawal() == null
                  ? requests(db, shard, carried)
                  : Issuing.bind(db.sql("issue/shard_withdrawals"), shard)
                      .query(
                          (row, i) ->
                              request(
                                  row.getString("vin"),
                                  row.getString("correlation_id"),
                                  row,
                                  shard,
                                  carried))
                      .list(),
              terms);
        });
  }

  private static Terms terms(Db db, Asking asking) {
    return new Terms(
        db.text(
                "select u.definition::json->>'$.preconditions' from campaign c join update_definition u"
                    + " on u.name = c.update_name and u.version = c.update_version"
                    + " where c.campaign = :campaign")
            .param("campaign", asking.campaign())
            .query(String.class)
            .single(),
        db.sql("issue/campaign_images")
            .param("campaign", asking.campaign())
            .param("rollback", asking.rollback())
            .query((row, i) -> image(row))
            .list());
  }

  /** What the manifests of the shard carry, by VIN. */
  private static Map<String, List<Carried>> carried(Db db, Issuing.Shard shard) {
    Map<String, List<Carried>> carried = new HashMap<>();
    if (shard.carrying() > 0) {
      Issuing.bind(db.sql("issue/shard_carried"), shard)
          .query(
              row -> {
                List<Carried> parts =
                    carried.computeIfAbsent(row.getString("vin"), vin -> new ArrayList<>(1));
                Asking asking =
                    new Asking(row.getString("campaign"), row.getBoolean("is_rollback"));
                if (parts.isEmpty() || !parts.get(parts.size() - 1).asking().equals(asking)) {
                  parts.add(
                      new Carried(
                          asking,
                          row.getInt("wave"),
                          row.getInt("attempt"),
                          row.getString("correlation_id"),
                          new ArrayList<>(2)));
                }
                parts.get(parts.size() - 1).ecus().add(ecu(row));
              });
    }
    return carried;
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

  private static List<Request> requests(
      Db db, Issuing.Shard shard, Map<String, List<Carried>> carried) {
    List<Request> requests = new ArrayList<>();
    Issuing.bind(db.sql("issue/shard_requests"), shard)
        .query(
            row -> {
              String[] texts = texts(row);
              int last = requests.size() - 1;
              Request request = last < 0 ? null : requests.get(last);
              if (request == null || !request.vin().equals(texts[0])) {
                request = request(texts[0], texts[1], row, shard, carried);
                requests.add(request);
              }
              request.ecus().add(ecu(texts[2], texts[3], texts[4], row));
            });
    return requests;
  }

  /**
   * The texts of a row, which are read as one: most of the time that a shard is read goes into
   * making each cell of the driver's a text.
   */
  private static String[] texts(ResultSet row) throws SQLException {
    String all = row.getString("texts");
    String[] texts = new String[5];
    int from = 0;
    for (int i = 0; i < texts.length - 1; i++) {
      int to = all.indexOf(SEPARATOR, from);
      texts[i] = all.substring(from, to);
      from = to + 1;
    }
    texts[4] = all.substring(from);
    if (texts[4].indexOf(SEPARATOR) >= 0) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "manifest for %s: found the control character U+001F in '%s', expected text without control characters"
              .formatted(texts[0], all.substring(texts[0].length() + 1).replace(SEPARATOR, '?')));
    }
    return texts;
  }

  private static Ecu ecu(ResultSet row) throws SQLException {
    return ecu(
        row.getString("module"), row.getString("ecu_serial"), row.getString("hardware_part"), row);
  }

  private static Ecu ecu(String module, String serial, String hardwareId, ResultSet row)
      throws SQLException {
    return new Ecu(
        module, serial, hardwareId, row.getInt("release_counter"), row.getString("certificate"));
  }

  /** Without ECUs yet. */
  private static Request request(
      String vin,
      String correlationId,
      ResultSet row,
      Issuing.Shard shard,
      Map<String, List<Carried>> carried)
      throws SQLException {
    return new Request(
        vin,
        row.getLong("version"),
        shard.campaign(),
        shard.wave(),
        row.getInt("attempt"),
        correlationId,
        Objects.requireNonNull(Db.instant(row, "issued_at")),
        Objects.requireNonNull(Db.instant(row, "expires_at")),
        new ArrayList<>(2),
        carried.getOrDefault(vin, List.of()));
  }
}

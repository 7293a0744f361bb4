package convoy.data.duckdb;

import convoy.data.io.FileDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the store knows of the images that are kept encrypted beside it. */
public final class Images {
  private static final JsonMapper JSON = new JsonMapper();

  private Images() {}

  /**
   * An image that is kept.
   *
   * @param clear the image itself
   * @param encrypted the file that vehicles download
   * @param verifiedAt when it was last opened and found whole; null: the last time it was not
   */
  public record Kept(
      FileDigest clear, FileDigest encrypted, Instant storedAt, @Nullable Instant verifiedAt) {}

  /**
   * An image that is kept, or ought to be.
   *
   * @param sha256 of the clear image
   * @param name its file name in an update; empty when no update needs it
   * @param updates the registered updates that need it, by name and version
   * @param kept empty when it is not in the store
   */
  public record Listed(String sha256, String name, List<String> updates, Optional<Kept> kept) {}

  /** All images that are kept or that a registered update needs. */
  public static List<Listed> all(FleetStore store) {
    return store.read(db -> db.sql("image/images").query((row, i) -> listed(row)).list());
  }

  /** The image with that SHA-256, when it is kept. */
  public static Optional<Kept> find(FleetStore store, String sha256) {
    return store.read(
        db ->
            db.text("select * from image where sha256 = :sha256")
                .param("sha256", sha256)
                .query((row, i) -> kept(row))
                .optional());
  }

  /** Records an image whose files stand in the image store and were opened; replaces its row. */
  public static void stored(FleetStore store, FileDigest clear, FileDigest encrypted, Instant now) {
    store.transaction(
        db -> {
          db.text("delete from image where sha256 = :sha256")
              .param("sha256", clear.sha256())
              .update();
          db.text(
                  "insert into image values (:sha256, :length, :sha512, :encryptedLength,"
                      + " :encryptedSha256, :encryptedSha512, :now, :now)")
              .param("sha256", clear.sha256())
              .param("length", clear.length())
              .param("sha512", clear.sha512())
              .param("encryptedLength", encrypted.length())
              .param("encryptedSha256", encrypted.sha256())
              .param("encryptedSha512", encrypted.sha512())
              .param("now", Db.utc(now))
              .update();
          AuditLog.append(
              db, now, "IMAGE_STORED", clear.sha256(), null, "encrypted " + encrypted.sha256());
        });
  }

  /** Records that an image that is kept was opened and found whole. */
  public static void verified(FleetStore store, String sha256, Instant now) {
    store.transaction(
        db -> {
          if (mark(db, sha256, "null", now) > 0) {
            AuditLog.append(db, now, "IMAGE_VERIFIED", sha256, "not whole", "whole");
          }
          mark(db, sha256, "not null", now);
        });
  }

  private static int mark(Db db, String sha256, String verified, Instant now) {
    return db.text(
            "update image set verified_at = :now where sha256 = :sha256 and verified_at is "
                + verified)
        .param("sha256", sha256)
        .param("now", Db.utc(now))
        .update();
  }

  /**
   * Records that an image is not as it was stored, or is not there; nothing is published of it
   * until it is found whole again.
   */
  public static void distrusted(FleetStore store, String sha256, String problem, Instant now) {
    store.transaction(
        db -> {
          db.text("update image set verified_at = null where sha256 = :sha256")
              .param("sha256", sha256)
              .update();
          AuditLog.append(db, now, "IMAGE_DISTRUSTED", sha256, null, problem);
        });
  }

  /** The campaigns that are approved or running and need the image. */
  public static List<String> campaigns(FleetStore store, String sha256) {
    return store.read(
        db -> db.sql("image/campaigns").param("sha256", sha256).query(String.class).list());
  }

  private static Listed listed(ResultSet row) throws SQLException {
    return new Listed(
        row.getString("sha256"),
        row.getString("name"),
        List.of(JSON.readValue(row.getString("updates"), String[].class)),
        row.getString("encrypted_sha256") == null ? Optional.empty() : Optional.of(kept(row)));
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        new FileDigest(row.getLong("length"), row.getString("sha256"), row.getString("sha512")),
        new FileDigest(
            row.getLong("encrypted_length"),
            row.getString("encrypted_sha256"),
            row.getString("encrypted_sha512")),
        Objects.requireNonNull(Db.instant(row, "stored_at")),
        Db.instant(row, "verified_at"));
  }
}

package convoy.data.duckdb;

import convoy.data.delivery.OutboxFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which files of the outbox were published where, and with which bytes. */
public final class PublishedFiles {
  private PublishedFiles() {}

  /**
   * A file as it was published last.
   *
   * @param modifiedAt the file's own time in the outbox then
   */
  public record Published(long bytes, String sha256, Instant modifiedAt, Instant publishedAt) {
    /** Whether the file looks as it did then, so that it need not be read again. */
    public boolean looksLike(OutboxFile file) {
      return bytes == file.bytes() && modifiedAt.equals(file.modifiedAt());
    }
  }

  /** What was published to that destination, by the path in the outbox. */
  public static Map<String, Published> at(FleetStore store, String destination) {
    Map<String, Published> published = new HashMap<>();
    store.read(
        db -> {
          db.text("select * from published_file where destination = :destination")
              .param("destination", destination)
              .query(
                  row -> {
                    published.put(
                        row.getString("path"),
                        new Published(
                            row.getLong("bytes"),
                            row.getString("sha256"),
                            Objects.requireNonNull(Db.instant(row, "modified_at")),
                            Objects.requireNonNull(Db.instant(row, "published_at"))));
                  });
          return published;
        });
    return published;
  }

  /**
   * The shards whose manifests withdraw others or take vehicles back, by their path in the outbox.
   */
  public static Set<String> withdrawing(FleetStore store) {
    return store.read(
        db ->
            Set.copyOf(
                db.text(
                        "select shard_path(campaign, wave, shard) from manifest where (withdrawal is"
                            + " not null or rollback is not null) and state = 'ISSUED'"
                            + " group by campaign, wave, shard")
                    .query(String.class)
                    .list()));
  }

  /**
   * The campaigns of which a shard carries what is not at that destination yet, by the shard's path
   * in the outbox.
   */
  public static Map<String, List<String>> unpublishedCarried(FleetStore store, String destination) {
    Map<String, List<String>> carried = new HashMap<>();
    store.read(
        db -> {
          db.sql("issue/carried_unpublished")
              .param("destination", destination)
              .query(
                  row -> {
                    carried
                        .computeIfAbsent(row.getString("path"), path -> new ArrayList<>(1))
                        .add(row.getString("campaign"));
                  });
          return carried;
        });
    return carried;
  }

  /** Records that the file stands complete at the destination; again replaces what was said. */
  public static void record(
      FleetStore store, String destination, OutboxFile file, String sha256, Instant now) {
    store.transaction(
        db -> {
          db.text("delete from published_file where destination = :destination and path = :path")
              .param("destination", destination)
              .param("path", file.path().text())
              .update();
          db.text(
                  "insert into published_file values (:destination, :path, :bytes, :sha256, :modified, :now)")
              .param("destination", destination)
              .param("path", file.path().text())
              .param("bytes", file.bytes())
              .param("sha256", sha256)
              .param("modified", Db.utc(file.modifiedAt()))
              .param("now", Db.utc(now))
              .update();
          AuditLog.append(
              db,
              now,
              "FILE_PUBLISHED",
              file.path().text(),
              null,
              "to %s: %,d bytes, sha256 %s".formatted(destination, file.bytes(), sha256));
        });
  }

  /** Records that the file has another time and the same bytes as when it was published. */
  public static void touched(FleetStore store, String destination, OutboxFile file) {
    store.transaction(
        db ->
            db.text(
                    "update published_file set modified_at = :modified where destination = :destination and path = :path")
                .param("destination", destination)
                .param("path", file.path().text())
                .param("modified", Db.utc(file.modifiedAt()))
                .update());
  }
}

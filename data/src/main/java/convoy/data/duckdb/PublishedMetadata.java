package convoy.data.duckdb;

import java.time.Instant;

/** What the audit log has of the roots and the list of images that were published. */
public final class PublishedMetadata {
  private static final String ACT = "METADATA_PUBLISHED";

  private PublishedMetadata() {}

  /**
   * Writes that a file stands in the outbox, unless that is written already.
   *
   * @param file its path in the outbox, such as director/2.root.json
   * @param what it says anew
   */
  public static void record(
      FleetStore store, String file, String sha256, String what, Instant now) {
    store.transaction(
        db -> {
          long known =
              db.text(
                      "select count(*) from audit_log where act = :act and subject = :file and"
                          + " starts_with(after, :sha256)")
                  .param("act", ACT)
                  .param("file", file)
                  .param("sha256", sha256)
                  .query(Long.class)
                  .single();
          if (known == 0) {
            AuditLog.append(db, now, ACT, file, null, sha256 + " " + what);
          }
        });
  }

  /**
   * The highest root of a repository that was ever published here; 0 for none.
   *
   * @param folder the repository's in the outbox
   */
  public static long highestRoot(FleetStore store, String folder) {
    return store.read(
        db -> db.sql("define/highest_root").param("folder", folder).query(Long.class).single());
  }
}

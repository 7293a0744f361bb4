package convoy.data.duckdb;

import java.time.Instant;

/** What the audit log has of the metadata of both repositories that was published. */
public final class PublishedMetadata {
  private static final String ACT = "METADATA_PUBLISHED";
  private static final String PROPOSED = "METADATA_PROPOSED";

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
   * Writes that a next root waits for signatures.
   *
   * @param file the path in the outbox that it will have
   * @param what it changes, and why
   */
  public static void recordProposed(
      FleetStore store, String file, String sha256, String what, Instant now) {
    store.transaction(db -> AuditLog.append(db, now, PROPOSED, file, null, sha256 + " " + what));
  }

  /**
   * The highest version of a role's metadata that was ever published here; 0 for none.
   *
   * @param folder the repository's in the outbox
   * @param role as file names have it, such as root
   */
  public static long highest(FleetStore store, String folder, String role) {
    return store.read(
        db ->
            db.sql("define/highest_metadata")
                .param("folder", folder)
                .param("role", role)
                .query(Long.class)
                .single());
  }
}

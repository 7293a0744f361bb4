package convoy.data.duckdb;

import convoy.data.manifest.RepositoryPart;
import java.time.Instant;
import java.util.List;

/** What the report has of roots, keys and the list of images. */
public final class RepositoryParts {
  private RepositoryParts() {}

  /** Puts what was found in the place of what was found before. */
  public static void replace(FleetStore store, List<RepositoryPart> parts, Instant now) {
    store.transaction(
        db -> {
          db.text("delete from repository_part").update();
          for (int i = 0; i < parts.size(); i++) {
            RepositoryPart part = parts.get(i);
            db.sql("issue/keep_part")
                .param("position", i)
                .param("repository", part.repository().words())
                .param("what", part.what())
                .param("role", part.role().text())
                .param("keyid", part.keyid())
                .param("state", part.state())
                .param("ends", part.endsAt() == null ? null : Db.utc(part.endsAt()))
                .param("warning", part.warning())
                .param("now", Db.utc(now))
                .update();
          }
        });
  }
}

package convoy.jobs.publishoutbox;

import convoy.data.delivery.OutboxFile;
import convoy.data.delivery.OutboxFolder;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.PublishedFiles;
import convoy.data.duckdb.PublishedFiles.Published;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published, in order: a file never comes before one that it names.
 *
 * @param unchanged files that look as they did when they were published
 */
public record DeliveryPlan(List<Item> items, int unchanged) {
  // Those in which manifests are issued; a paused or aborted campaign reaches no further vehicle.
  private static final Set<String> DELIVERED = Set.of("RUNNING", "COMPLETED");

  /** Which files are looked at. */
  public enum Scope {
    /** Those that are new or have another time or length than when they were published. */
    NEW,
    /** All of them, for a destination that has lost some. */
    ALL
  }

  /**
   * A file to be published.
   *
   * @param before how it was published last; null for a new file
   */
  public record Item(OutboxFile file, @Nullable Published before) {}

  /** The plan for the outbox as it stands. */
  public static DeliveryPlan of(FleetStore store, Path outbox, String destination, Scope scope)
      throws IOException {
    Map<String, Published> published = PublishedFiles.at(store, destination);
    List<Item> items = new ArrayList<>();
    int unchanged = 0;
    for (OutboxFile file : OutboxFolder.files(outbox)) {
      Published before = published.get(file.path().text());
      if (scope == Scope.NEW && before != null && before.looksLike(file)) {
        unchanged++;
      } else {
        items.add(new Item(file, before));
      }
    }
    return new DeliveryPlan(List.copyOf(items), unchanged);
  }

  /** Why the file is not published for now, as a sentence; empty when it is. */
  public static Optional<String> heldBack(FleetStore store, OutboxFile file) {
    return file.path()
        .campaign()
        .flatMap(
            id -> {
              String state =
                  Campaigns.find(store, id).map(Campaigns.Campaign::state).orElse("not registered");
              // What withdraws manifests is wanted most where a campaign was stopped.
              return DELIVERED.contains(state) || PublishedFiles.withdraws(store, file.path())
                  ? Optional.empty()
                  : Optional.of("its campaign is " + state);
            });
  }
}

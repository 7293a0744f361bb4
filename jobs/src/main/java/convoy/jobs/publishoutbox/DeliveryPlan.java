package convoy.jobs.publishoutbox;

import convoy.data.delivery.FileRole;
import convoy.data.delivery.OutboxFile;
import convoy.data.delivery.OutboxFolder;
import convoy.data.duckdb.CampaignEnds;
import convoy.data.duckdb.Campaigns;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.PublishedFiles;
import convoy.data.duckdb.PublishedFiles.Published;
import convoy.data.status.CampaignState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published, in order: a file never comes before one that it names, and of the shards
 * those first that withdraw manifests.
 *
 * @param unchanged files that look as they did when they were published
 */
public record DeliveryPlan(List<Item> items, int unchanged) {
  // Those in which manifests are issued; a paused or aborted campaign reaches no further vehicle.
  private static final Set<CampaignState> DELIVERED =
      Set.of(CampaignState.RUNNING, CampaignState.COMPLETED);
  private static final Comparator<Item> ORDER =
      Comparator.<Item, FileRole>comparing(item -> item.file().path().role())
          .thenComparing(Item::withdraws, Comparator.reverseOrder())
          .thenComparing(item -> item.file().path());

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
   * @param withdraws whether it is a shard of manifests that withdraw others or take vehicles back
   * @param carries other campaigns of which it carries what was not published itself
   */
  public record Item(
      OutboxFile file, @Nullable Published before, boolean withdraws, List<String> carries) {}

  /** The plan for the outbox as it stands. */
  public static DeliveryPlan of(FleetStore store, Path outbox, String destination, Scope scope)
      throws IOException {
    Map<String, Published> published = PublishedFiles.at(store, destination);
    Set<String> withdrawing = PublishedFiles.withdrawing(store);
    Map<String, List<String>> carried = PublishedFiles.unpublishedCarried(store, destination);
    List<Item> items = new ArrayList<>();
    int unchanged = 0;
    for (OutboxFile file : OutboxFolder.files(outbox)) {
      Published before = published.get(file.path().text());
      if (scope == Scope.NEW && before != null && before.looksLike(file)) {
        unchanged++;
      } else {
        String path = file.path().text();
        items.add(
            new Item(
                file, before, withdrawing.contains(path), carried.getOrDefault(path, List.of())));
      }
    }
    items.sort(ORDER);
    return new DeliveryPlan(List.copyOf(items), unchanged);
  }

  /** Why the file is not published for now, as a sentence; empty when it is. */
  public static Optional<String> heldBack(FleetStore store, Item item) {
    boolean isNew = item.before() == null;
    // What takes back is wanted most where a campaign was stopped.
    Optional<String> own =
        item.withdraws()
            ? Optional.empty()
            : item.file().path().campaign().flatMap(id -> stopped(store, id, isNew));
    return own.or(
        () ->
            item.carries().stream()
                .flatMap(
                    id ->
                        stopped(store, id, isNew)
                            .map(
                                why ->
                                    "it carries what was not published of campaign %s: %s"
                                        .formatted(id, why))
                            .stream())
                .findFirst());
  }

  private static Optional<String> stopped(FleetStore store, String campaign, boolean isNew) {
    // Its state may stay RUNNING until the last vehicle has reported.
    if (isNew && CampaignEnds.of(store, campaign).isPresent()) {
      return Optional.of("its campaign has ended");
    }
    Optional<CampaignState> state = Campaigns.state(store, campaign);
    return state.filter(DELIVERED::contains).isPresent()
        ? Optional.empty()
        : Optional.of("its campaign is " + state.map(Enum::name).orElse("not registered"));
  }
}

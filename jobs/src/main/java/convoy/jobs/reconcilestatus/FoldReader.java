package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Reconciliation;
import convoy.data.duckdb.Reconciliation.Folded;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * The assignments that wait to be folded, page by page in the order of campaign and VIN; those of a
 * page are folded on all cores. It ends when none is left. The queue in the fleet store is the
 * position: what a chunk has applied is off it, so a restart goes on with the rest. Not for several
 * threads.
 */
final class FoldReader implements ItemReader<Folded> {
  // Each page looks through the tables of all manifests and events, so pages are few; of a page
  // only what came of it is kept.
  private static final int PAGE = 50_000;

  private final FleetStore store;
  private final Folding folding;
  private Iterator<Folded> page = List.<Folded>of().iterator();
  private String campaign = "";
  private String vin = "";

  FoldReader(FleetStore store, Folding folding) {
    this.store = store;
    this.folding = folding;
  }

  @Override
  public @Nullable Folded read() {
    if (!page.hasNext()) {
      page =
          Reconciliation.next(
                  store,
                  campaign,
                  vin,
                  PAGE,
                  some -> some.parallelStream().map(folding::fold).toList())
              .iterator();
      if (!page.hasNext()) {
        return null;
      }
    }
    Folded next = page.next();
    campaign = next.campaign();
    vin = next.vin();
    return next;
  }
}

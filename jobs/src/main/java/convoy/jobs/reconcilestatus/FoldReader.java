package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Reconciliation;
import convoy.data.duckdb.Reconciliation.ToFold;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * The assignments that wait to be folded, page by page in the order of campaign and VIN. It ends
 * when none is left. The queue in the fleet store is the position: what a chunk has applied is off
 * it, so a restart goes on with the rest. Not for several threads.
 */
final class FoldReader implements ItemReader<ToFold> {
  private final FleetStore store;
  private final int pageRows;
  private Iterator<ToFold> page = List.<ToFold>of().iterator();
  private String campaign = "";
  private String vin = "";

  FoldReader(FleetStore store, int pageRows) {
    this.store = store;
    this.pageRows = pageRows;
  }

  @Override
  public @Nullable ToFold read() {
    if (!page.hasNext()) {
      page = Reconciliation.next(store, campaign, vin, pageRows).iterator();
      if (!page.hasNext()) {
        return null;
      }
    }
    ToFold next = page.next();
    campaign = next.campaign();
    vin = next.vin();
    return next;
  }
}

package convoy.jobs.reconcilestatus;

import convoy.data.duckdb.StatusStaging;
import convoy.data.status.StatusRow;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * The rows of a status log, each checked as it is read: both happen in the thread that reads ahead.
 */
final class CheckedEvents implements ItemStreamReader<StatusStaging.Row> {
  private final ItemStreamReader<StatusRow> rows;
  private final StatusCheck check;

  CheckedEvents(ItemStreamReader<StatusRow> rows, StatusCheck check) {
    this.rows = rows;
    this.check = check;
  }

  @Override
  public void open(ExecutionContext context) {
    rows.open(context);
  }

  @Override
  public StatusStaging.@Nullable Row read() throws Exception {
    StatusRow row = rows.read();
    return row == null ? null : check.check(row);
  }

  @Override
  public void close() {
    rows.close();
  }
}

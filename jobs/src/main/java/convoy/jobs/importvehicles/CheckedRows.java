package convoy.jobs.importvehicles;

import convoy.data.vehicle.CheckedRow;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.ExportRowCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * The rows of an export, each checked as it is read: both happen in the thread that reads ahead.
 */
final class CheckedRows implements ItemStreamReader<CheckedRow> {
  private final ItemStreamReader<ExportRow> rows;
  private final ExportRowCheck check;

  CheckedRows(ItemStreamReader<ExportRow> rows, ExportRowCheck check) {
    this.rows = rows;
    this.check = check;
  }

  @Override
  public void open(ExecutionContext context) {
    rows.open(context);
  }

  @Override
  public @Nullable CheckedRow read() throws Exception {
    ExportRow row = rows.read();
    return row == null ? null : check.check(row);
  }

  @Override
  public void close() {
    rows.close();
  }
}

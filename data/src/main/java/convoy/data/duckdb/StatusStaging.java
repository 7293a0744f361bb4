package convoy.data.duckdb;

import convoy.data.status.StatusEvent;
import convoy.data.vehicle.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a status log on their way in: kept aside until the whole file is read. */
public final class StatusStaging {
  /**
   * One row of a status log after the rules for single rows.
   *
   * @param event set exactly when there are no rejections
   * @param reportedKey the order-preserving key of the reported version, if it told one
   */
  public record Row(
      long line,
      String raw,
      @Nullable StatusEvent event,
      @Nullable String reportedKey,
      List<Finding> rejections) {}

  private record Event(
      String sha256, long rowNo, long line, String raw, StatusEvent event, @Nullable String key) {}

  private static final BulkTable.Definition<Event> EVENTS =
      new BulkTable.Definition<Event>("offered_events")
          .word("sha256", Event::sha256)
          .number("row_no", Event::rowNo)
          .number("line", Event::line)
          .text("raw", Event::raw)
          .text("event_id", e -> e.event().eventId())
          .time("event_at", e -> e.event().at())
          .text("vin", e -> e.event().vin())
          .word("module", e -> e.event().module())
          .word("campaign", e -> e.event().campaign())
          .number("manifest_version", e -> e.event().manifestVersion())
          .number("attempt", e -> (long) e.event().attempt())
          .word("state", e -> e.event().state().name())
          .word("reported_version", e -> e.event().reportedVersion())
          .word("reported_key", Event::key)
          .word("error_code", e -> e.event().errorCode())
          .text("text", e -> e.event().text());

  private StatusStaging() {}

  /**
   * Appends the next rows of the file and moves its position behind them, in one transaction.
   *
   * @param rows the rows that follow the committed ones, in file order, good and rejected
   */
  public static void append(FleetStore store, String sha256, List<? extends Row> rows) {
    String step = ImportLedger.stagingStep(sha256);
    BulkTable<Event> eventTable = store.bulk(EVENTS);
    BulkTable<StagedRejections.Row> badTable = store.bulk(StagedRejections.TABLE);
    store.transaction(
        db -> {
          long rowNo = StepPositions.committed(db, step);
          List<Event> events = new ArrayList<>(rows.size());
          List<StagedRejections.Row> bad = new ArrayList<>();
          for (Row row : rows) {
            rowNo++;
            StatusEvent event = row.event();
            if (event != null) {
              events.add(new Event(sha256, rowNo, row.line(), row.raw(), event, row.reportedKey()));
            }
            for (Finding rejection : row.rejections()) {
              bad.add(
                  new StagedRejections.Row(
                      sha256, "ERROR", rowNo, null, row.line(), row.raw(), rejection));
            }
          }
          eventTable.offer(
              events,
              () -> db.text("insert into staged_event select * from offered_events()").update());
          StagedRejections.insert(db, badTable, bad);
          StepPositions.advance(db, step, rowNo);
        });
  }
}

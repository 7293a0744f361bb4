package convoy.data.duckdb;

import convoy.data.vehicle.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults and warnings of single rows on their way into staged_rejection. */
final class StagedRejections {
  private StagedRejections() {}

  record Row(
      String sha256,
      String severity,
      long rowNo,
      @Nullable String sheet,
      long line,
      String raw,
      Finding rejection) {}

  static final BulkTable.Definition<Row> TABLE =
      new BulkTable.Definition<Row>("offered_rejections")
          .text("sha256", Row::sha256)
          .word("severity", Row::severity)
          .number("row_no", Row::rowNo)
          .text("sheet", Row::sheet)
          .number("line", Row::line)
          .text("raw", Row::raw)
          .text("column_name", r -> r.rejection().column())
          .text("rule", r -> r.rejection().rule())
          .text("found", r -> r.rejection().found())
          .text("expected", r -> r.rejection().expected());

  /**
   * Adds the faults in the transaction of the rows beside them; the table is known to DuckDB before
   * it begins.
   */
  static void insert(Db db, BulkTable<Row> table, List<Row> rows) {
    table.offer(
        rows,
        () -> db.text("insert into staged_rejection select * from offered_rejections()").update());
  }
}

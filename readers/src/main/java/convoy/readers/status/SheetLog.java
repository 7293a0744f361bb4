package convoy.readers.status;

import convoy.data.status.StatusColumn;
import convoy.data.status.StatusRow;
import convoy.data.status.StatusRules;
import convoy.data.vehicle.Finding;
import convoy.readers.sheet.CellProblem;
import convoy.readers.sheet.MergedCells;
import convoy.readers.sheet.Refusal;
import convoy.readers.sheet.SheetRows;
import convoy.readers.sheet.Workbook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a status log in an .xlsx workbook: those of its one visible sheet that has any. */
final class SheetLog implements RowSource {
  /** Also of a date cell, which holds no offset. */
  private static final String DATE_CELLS =
      "; as text, since a date of Excel has no offset, or under the header at_utc when all times"
          + " are UTC";

  private final Workbook workbook;
  private final SheetRows rows;
  private final MergedCells merged;
  private final List<String> header;
  private final HeaderColumns columns;

  /**
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when the file is no workbook, has rows
   *     in no sheet or in several, or the sheet lacks a column
   */
  static SheetLog open(Path file) throws IOException {
    Workbook workbook = Workbook.open(file, Workbook.Times.MILLISECONDS);
    SheetRows rows = null;
    try {
      Workbook.Sheet sheet = sheet(workbook);
      rows = workbook.rows(sheet);
      return new SheetLog(workbook, sheet, rows);
    } catch (IOException | RuntimeException e) {
      close(rows, workbook);
      throw e;
    }
  }

  private SheetLog(Workbook workbook, Workbook.Sheet sheet, SheetRows rows) {
    this.workbook = workbook;
    this.rows = rows;
    this.merged = workbook.merged(sheet);
    SheetRows.Row first = rows.next();
    if (first == null) {
      throw new IllegalStateException("the sheet had a row before: " + sheet.name());
    }
    this.header = first.cells();
    this.columns =
        HeaderColumns.of(
            "%s sheet '%s' row %d".formatted(workbook.name(), sheet.name(), first.number()),
            first.cells());
  }

  private static Workbook.Sheet sheet(Workbook workbook) throws IOException {
    Workbook.Sheet found = null;
    for (Workbook.Sheet sheet : workbook.sheets()) {
      if (!sheet.hidden() && hasRow(workbook, sheet)) {
        if (found != null) {
          throw Refusal.of(
              workbook.name(),
              "rows in the sheets '%s' and '%s'".formatted(found.name(), sheet.name()),
              "one sheet with events, others hidden or empty");
        }
        found = sheet;
      }
    }
    if (found == null) {
      throw Refusal.of(
          workbook.name(),
          "no visible sheet has a row",
          "one with the header " + StatusColumn.headerLine());
    }
    return found;
  }

  private static boolean hasRow(Workbook workbook, Workbook.Sheet sheet) throws IOException {
    try (SheetRows rows = workbook.rows(sheet)) {
      return rows.next() != null;
    }
  }

  /** The cells of the header. */
  List<String> header() {
    return header;
  }

  @Override
  public @Nullable StatusRow next() {
    SheetRows.Row row = rows.next();
    return row == null ? null : row(row);
  }

  private StatusRow row(SheetRows.Row row) {
    String raw = row.csv();
    List<Finding> problems = new ArrayList<>();
    Map<StatusColumn, String> values = new EnumMap<>(StatusColumn.class);
    columns
        .positions()
        .forEach(
            (column, at) -> {
              values.put(column, row.cell(at));
              CellProblem problem = CellProblem.of(row, at, merged);
              if (problem != null) {
                problems.add(
                    new Finding(
                        "CELL_UNUSABLE", column.header(), problem.found(), problem.expected()));
              } else if (row.cell(at).indexOf('\0') >= 0) {
                problems.add(
                    new Finding(
                        "ENCODING", column.header(), row.cell(at), "text without zero bytes"));
              }
            });
    if (!problems.isEmpty()) {
      return StatusRow.rejected(row.number(), raw, problems);
    }
    StatusRow checked = StatusRules.check(row.number(), raw, values, columns.times());
    return checked.event() != null || columns.times() == StatusRules.Times.UTC
        ? checked
        : StatusRow.rejected(
            row.number(), raw, checked.rejections().stream().map(SheetLog::explained).toList());
  }

  private static Finding explained(Finding finding) {
    return finding.rule().equals(StatusRules.AT_FORMAT)
        ? new Finding(
            finding.rule(), finding.column(), finding.found(), finding.expected() + DATE_CELLS)
        : finding;
  }

  @Override
  public void close() throws IOException {
    close(rows, workbook);
  }

  private static void close(@Nullable SheetRows rows, Workbook workbook) throws IOException {
    try {
      if (rows != null) {
        rows.close();
      }
    } finally {
      workbook.close();
    }
  }
}

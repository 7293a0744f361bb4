package convoy.readers.export;

import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.Finding;
import convoy.readers.sheet.MergedCells;
import convoy.readers.sheet.SheetRows;
import convoy.readers.sheet.Workbook;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of all tables of a workbook, one table after the other. */
final class WorkbookRows implements RowSource {
  private final ExportFile file;
  private final ExportSource source;
  private final Workbook workbook;
  private final List<SheetTable> tables;
  private int current = -1;
  private @Nullable SheetRows rows;
  private @Nullable RowLayout layout;
  private MergedCells merged = MergedCells.NONE;

  private WorkbookRows(
      ExportFile file, ExportSource source, Workbook workbook, List<SheetTable> tables) {
    this.file = file;
    this.source = source;
    this.workbook = workbook;
    this.tables = tables;
  }

  static WorkbookRows open(ExportSource source) throws IOException {
    Workbook workbook = Workbook.open(source.path(), Workbook.Times.SECONDS);
    try {
      SheetTables found = SheetTables.find(workbook, source);
      List<ExportTable> headers = found.tables().stream().map(SheetTable::table).toList();
      ExportFile file = source.file("Excel workbook", headers, found.skipped());
      return new WorkbookRows(file, source, workbook, found.tables());
    } catch (IOException | RuntimeException e) {
      workbook.close();
      throw e;
    }
  }

  @Override
  public ExportFile file() {
    return file;
  }

  @Override
  public @Nullable ExportRow next() throws IOException {
    while (rows != null || openNext()) {
      SheetRows.Row row = rows == null ? null : rows.next();
      if (row != null && layout != null) {
        Finding problem = SheetProblem.of(row, layout.table(), merged);
        return problem == null
            ? layout.row(row.number(), row.csv(), row.cells())
            : layout.unlaid(row.number(), row.csv(), problem);
      }
      closeRows();
    }
    return null;
  }

  /** Opens the next table's sheet and passes over what stands above its rows. */
  private boolean openNext() {
    if (current + 1 >= tables.size()) {
      return false;
    }
    SheetTable table = tables.get(++current);
    SheetRows opened = workbook.rows(table.sheet());
    rows = opened;
    layout = new RowLayout(table.table(), source);
    merged = workbook.merged(table.sheet());
    SheetRows.Row row = opened.next();
    while (row != null && row.number() != table.table().headerLine()) {
      row = opened.next();
    }
    return true;
  }

  private void closeRows() throws IOException {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeRows();
    } finally {
      workbook.close();
    }
  }
}

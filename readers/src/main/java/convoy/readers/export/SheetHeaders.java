package convoy.readers.export;

import convoy.readers.sheet.SheetRows;
import convoy.readers.sheet.Workbook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers of a workbook's tables, for new files that hold some of their rows. */
public final class SheetHeaders {
  private SheetHeaders() {}

  /**
   * The header cells of each table by its sheet, in the order in which the sheets are read.
   *
   * @param name under which the file came, by which its profile is found
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when it is not a workbook with a table
   */
  public static Map<String, List<String>> of(Path path, String name, ExportFormats formats)
      throws IOException {
    ExportSource source = ExportSource.of(path, name, new byte[0], formats);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    try (Workbook workbook = Workbook.open(path, Workbook.Times.SECONDS)) {
      for (SheetTable table : SheetTables.find(workbook, source).tables()) {
        try (SheetRows rows = workbook.rows(table.sheet())) {
          SheetRows.Row row = rows.next();
          while (row != null && row.number() != table.table().headerLine()) {
            row = rows.next();
          }
          headers.put(table.sheet().name(), row == null ? List.of() : row.cells());
        }
      }
    }
    return headers;
  }
}

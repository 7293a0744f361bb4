package convoy.readers.export;

import convoy.data.campaign.VinList;
import convoy.data.vehicle.ExportColumn;
import convoy.readers.sheet.Refusal;
import convoy.readers.sheet.SheetRows;
import convoy.readers.sheet.Trimmed;
import convoy.readers.sheet.Workbook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a list of VINs: CSV text or an .xlsx workbook, found out from the content. It has one
 * column of VINs, with or without a header, or several of which one is named VIN. It is taken whole
 * or refused with all that is wrong with it.
 */
public final class VinListReader {
  private static final String EXPECTED = "a list of VINs: one column of them, or one named vin";

  private VinListReader() {}

  /**
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when the file is not such a list
   */
  public static VinList read(Path path) {
    String name = Refusal.name(path);
    VinRows rows = new VinRows(name);
    if (path.toFile().isFile() && path.toFile().length() == 0) {
      return new VinList(name, rows.vins());
    }
    ExportSource source = ExportFile.source(path, ExportFormats.PLAIN);
    try {
      byte[] start = source.start();
      if (ExportFile.isZip(start)) {
        sheet(path, rows);
      } else {
        text(source, start, rows);
      }
    } catch (IOException e) {
      throw Refusal.of(name, "cannot be read (" + e + ")", EXPECTED, e);
    }
    return new VinList(name, rows.vins());
  }

  private static void text(ExportSource source, byte[] start, VinRows rows) throws IOException {
    TextEncoding encoding = TextEncoding.of(source.name(), start, null);
    String first =
        TextFormat.header(
            new String(
                start,
                encoding.markBytes(),
                start.length - encoding.markBytes(),
                encoding.charset()));
    char found = TextFormat.delimiter(first);
    char delimiter = found == 0 ? ',' : found;
    TextFormat format = new TextFormat(encoding, delimiter);
    try (CsvRecords records =
        new CsvRecords(
            new RecordSplitter(source.name(), format.open(source), delimiter), delimiter)) {
      int column = -1;
      for (CsvRecords.Cells row = records.next(); row != null; row = records.next()) {
        long line = row.raw().line();
        if (row.raw().fault() != null) {
          rows.problem(line, row.raw().fault());
        } else if (column < 0) {
          column = column(source.name() + " line " + line, row.cells());
          take(rows, line, row.cells(), column, !isHeader(row.cells(), column));
        } else {
          take(rows, line, row.cells(), column, true);
        }
      }
    }
  }

  private static void sheet(Path path, VinRows rows) throws IOException {
    String name = Refusal.name(path);
    try (Workbook workbook = Workbook.open(path, Workbook.Times.SECONDS)) {
      String read = null;
      for (Workbook.Sheet sheet : workbook.sheets()) {
        if (!sheet.hidden() && sheet(workbook, sheet, rows)) {
          if (read != null) {
            throw Refusal.of(
                name,
                "rows in the sheets '%s' and '%s'".formatted(read, sheet.name()),
                "one sheet with VINs, others hidden or empty");
          }
          read = sheet.name();
        }
      }
    }
  }

  /** Whether the sheet has a row. */
  private static boolean sheet(Workbook workbook, Workbook.Sheet sheet, VinRows rows)
      throws IOException {
    try (SheetRows cells = workbook.rows(sheet)) {
      int column = -1;
      for (SheetRows.Row row = cells.next(); row != null; row = cells.next()) {
        boolean isFirst = column < 0;
        if (isFirst) {
          column =
              column(
                  "%s sheet '%s' row %d".formatted(workbook.name(), sheet.name(), row.number()),
                  row.cells());
        }
        String unusable = row.unusable().get(column);
        if (unusable != null) {
          rows.problem(row.number(), "expected " + unusable);
        } else {
          take(rows, row.number(), row.cells(), column, !isFirst || !isHeader(row.cells(), column));
        }
      }
      return column >= 0;
    }
  }

  /** The column of the VINs, by the first row. */
  private static int column(String where, List<String> first) {
    for (int i = 0; i < first.size(); i++) {
      if (isHeader(first, i)) {
        return i;
      }
    }
    if (first.stream().filter(cell -> !cell.isEmpty()).count() > 1) {
      throw Refusal.of(where, "no column vin in " + first, EXPECTED);
    }
    int column = 0;
    while (column < first.size() - 1 && first.get(column).isEmpty()) {
      column++;
    }
    return column;
  }

  private static boolean isHeader(List<String> cells, int column) {
    return ExportColumn.find(cells.get(column)).filter(c -> c == ExportColumn.VIN).isPresent();
  }

  private static void take(VinRows rows, long line, List<String> cells, int column, boolean isVin) {
    if (isVin) {
      rows.take(line, column < cells.size() ? Trimmed.of(cells.get(column)) : "");
    }
  }
}

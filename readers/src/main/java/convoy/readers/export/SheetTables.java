package convoy.readers.export;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import convoy.readers.sheet.Refusal;
import convoy.readers.sheet.SheetRows;
import convoy.readers.sheet.Workbook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which sheets of a workbook hold tables of an export.
 *
 * @param tables vehicles first, then flat tables, then ECUs, each in the workbook's order
 */
record SheetTables(List<SheetTable> tables, List<ExportFile.SkippedSheet> skipped) {
  // People put a title above a table; further down, a header is not looked for.
  private static final int HEADER_ROWS = 10;

  private static final List<ExportKind> ORDER =
      List.of(ExportKind.VEHICLES, ExportKind.FLAT, ExportKind.ECUS);

  /**
   * @throws convoy.data.error.ConvoyException INPUT_REFUSED when no sheet holds a table, or the
   *     header of one is not as it must be
   */
  static SheetTables find(Workbook workbook, ExportSource source) throws IOException {
    List<SheetTable> tables = new ArrayList<>();
    List<ExportFile.SkippedSheet> skipped = new ArrayList<>();
    for (Workbook.Sheet sheet : workbook.sheets()) {
      if (sheet.hidden()) {
        skipped.add(new ExportFile.SkippedSheet(sheet.name(), "hidden"));
        continue;
      }
      List<SheetRows.Row> top = top(workbook, sheet);
      SheetRows.Row header = header(top, source);
      if (header == null) {
        String reason = top.isEmpty() ? "empty" : "no header with vin";
        skipped.add(new ExportFile.SkippedSheet(sheet.name(), reason));
      } else {
        String where =
            "%s sheet '%s' row %d".formatted(workbook.name(), sheet.name(), header.number());
        ExportTable table =
            ExportTable.of(where, sheet.name(), header.number(), header.cells(), source);
        tables.add(new SheetTable(sheet, table));
      }
    }
    if (tables.isEmpty()) {
      throw Refusal.of(
          workbook.name(),
          "no sheet holds an export (%s)".formatted(reasons(skipped)),
          "a sheet whose header names vin, and model (vehicles) or module (ECUs)");
    }
    tables.sort(Comparator.comparingInt(t -> ORDER.indexOf(t.table().kind())));
    return new SheetTables(List.copyOf(tables), List.copyOf(skipped));
  }

  private static String reasons(List<ExportFile.SkippedSheet> skipped) {
    return skipped.stream()
        .map(s -> "'%s': %s".formatted(s.sheet(), s.reason()))
        .collect(Collectors.joining(", "));
  }

  private static List<SheetRows.Row> top(Workbook workbook, Workbook.Sheet sheet)
      throws IOException {
    List<SheetRows.Row> top = new ArrayList<>();
    try (SheetRows rows = workbook.rows(sheet)) {
      for (SheetRows.Row row = rows.next(); row != null; row = rows.next()) {
        top.add(row);
        if (top.size() == HEADER_ROWS) {
          break;
        }
      }
    }
    return top;
  }

  /**
   * The first of the top rows that names the columns of some kind; else one that names VIN and one
   * other column, so that a header which lacks columns is refused and not passed over; a glossary
   * names VIN alone.
   */
  private static SheetRows.@Nullable Row header(List<SheetRows.Row> top, ExportSource source) {
    SheetRows.Row lacking = null;
    for (SheetRows.Row row : top) {
      Set<ExportColumn> named = named(row.cells(), source);
      if (ExportKind.of(named).isPresent()) {
        return row;
      }
      if (lacking == null && named.size() > 1 && named.contains(ExportColumn.VIN)) {
        lacking = row;
      }
    }
    return lacking;
  }

  private static Set<ExportColumn> named(List<String> cells, ExportSource source) {
    Set<ExportColumn> named = EnumSet.noneOf(ExportColumn.class);
    source.columns(cells).stream().filter(Objects::nonNull).forEach(named::add);
    return named;
  }
}

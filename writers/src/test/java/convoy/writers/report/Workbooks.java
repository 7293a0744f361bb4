package convoy.writers.report;

import static convoy.writers.report.SampleReport.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** Writes workbooks and reads them back. */
final class Workbooks {
  private Workbooks() {}

  static Iterable<List<@Nullable Object>> failingAfter(int rows) {
    return () ->
        new Iterator<>() {
          private int given;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public List<@Nullable Object> next() {
            if (given++ == rows) {
              throw new IllegalStateException("the store went away");
            }
            return row("row " + given);
          }
        };
  }

  static void write(WorkbookWriter writer, Path file, ReportTable... tables) {
    writer.write(file, "Title", SampleReport.AT, SampleReport.ZONE, List.of(tables), List.of());
  }

  static XSSFWorkbook open(Path file) throws IOException {
    return new XSSFWorkbook(Files.newInputStream(file));
  }

  static List<String> names(XSSFWorkbook workbook) {
    return IntStream.range(0, workbook.getNumberOfSheets())
        .mapToObj(workbook::getSheetName)
        .toList();
  }

  static List<@Nullable Object> column(Sheet sheet) {
    List<@Nullable Object> column = new ArrayList<>();
    sheet.forEach(row -> column.add(value(row.getCell(0))));
    return column;
  }

  static List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    row.forEach(cell -> values.add(value(cell)));
    return values;
  }

  static @Nullable Object value(Cell cell) {
    return switch (cell.getCellType()) {
      case STRING -> cell.getStringCellValue();
      case NUMERIC ->
          DateUtil.isCellDateFormatted(cell)
              ? cell.getLocalDateTimeCellValue()
              : cell.getNumericCellValue();
      case BLANK -> null;
      default -> cell.getCellType();
    };
  }
}

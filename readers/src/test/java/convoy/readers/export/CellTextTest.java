package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportRow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CellTextTest {
  @TempDir Path folder;

  static Stream<Arguments> cells() {
    return Stream.of(
        cell("2026", c -> c.setCellValue(2026)),
        cell("12345678901234", c -> c.setCellValue(12345678901234.0)),
        cell("0.0000001", c -> c.setCellValue(1e-7)),
        cell("0.3", c -> c.setCellValue(0.1 + 0.2)),
        cell("0", c -> c.setCellValue(-0.0)),
        cell("2.3", c -> c.setCellValue(2.3)),
        cell("2026-01-31", c -> date(c, "yyyy-mm-dd", LocalDate.of(2026, 1, 31).atStartOfDay())),
        cell("2026-01-31", c -> date(c, "[$-407]d. mmmm yyyy \"Schicht\"", day())),
        cell("2026-01-31T00:00:00", c -> date(c, "dd/mm/yy hh:mm", day())),
        cell("2026-01-31T22:15:07", c -> date(c, "dd/mm/yy", day().plusSeconds(80_107))),
        cell("TRUE", c -> c.setCellValue(true)),
        cell("FALSE", c -> c.setCellValue(false)),
        cell("two\nlines", c -> c.setCellValue("two\nlines")),
        cell(
            "42",
            c -> {
              c.setCellFormula("6*7");
              c.setCellValue(42);
            }),
        cell(
            "AB",
            c -> {
              c.setCellFormula("\"A\"&\"B\"");
              c.setCellValue("AB");
            }));
  }

  private static Arguments cell(String expected, Consumer<XSSFCell> content) {
    return Arguments.of(expected, content);
  }

  private static LocalDateTime day() {
    return LocalDate.of(2026, 1, 31).atStartOfDay();
  }

  private static void date(XSSFCell cell, String format, LocalDateTime value) {
    var workbook = cell.getSheet().getWorkbook();
    var style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(format));
    cell.setCellStyle(style);
    cell.setCellValue(value);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aCellIsReadAsTheTextThatAPersonWouldWrite(String expected, Consumer<XSSFCell> content)
      throws IOException {
    Path file =
        Exports.workbook(
            folder,
            book -> {
              var sheet = book.createSheet("Units");
              Exports.add(sheet, Exports.ECUS);
              content.accept(sheet.createRow(1).createCell(2));
            });
    assertThat(Exports.read(file))
        .extracting(row -> row.values().get(ExportColumn.SERIAL))
        .containsExactly(expected);
  }

  @Test
  void inAWorkbookWhoseDaysCountFrom1904DatesAreRight() throws IOException {
    Path file =
        Exports.workbook(
            folder,
            book -> {
              book.getCTWorkbook().getWorkbookPr().setDate1904(true);
              var sheet = book.createSheet("Units");
              Exports.add(sheet, Exports.ECUS);
              date(sheet.createRow(1).createCell(0), "yyyy-mm-dd", day());
            });
    assertThat(Exports.read(file)).extracting(ExportRow::raw).containsExactly("2026-01-31");
  }
}

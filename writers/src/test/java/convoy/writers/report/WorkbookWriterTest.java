package convoy.writers.report;

import static convoy.writers.report.SampleReport.row;
import static convoy.writers.report.Workbooks.column;
import static convoy.writers.report.Workbooks.names;
import static convoy.writers.report.Workbooks.open;
import static convoy.writers.report.Workbooks.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookWriterTest {
  private static final List<ReportColumn> ONE_TEXT =
      List.of(new ReportColumn("Message", ColumnKind.TEXT));

  @TempDir Path dir;

  @Test
  void everyCellOfEveryTableStandsInItsSheet() throws IOException {
    Path file = writeSample("report.xlsx");
    try (XSSFWorkbook workbook = open(file)) {
      assertThat(names(workbook))
          .containsExactly("Summary", "Campaigns", "Failures by cause", "Ineligible by reason");
      for (ReportTable table : SampleReport.tables()) {
        XSSFSheet sheet = workbook.getSheet(table.label());
        assertThat(values(sheet.getRow(0)))
            .isEqualTo(table.columns().stream().map(ReportColumn::header).toList());
        int at = 1;
        for (List<@Nullable Object> row : table.rows()) {
          assertThat(values(sheet.getRow(at++))).isEqualTo(asRead(row));
        }
        assertThat(sheet.getLastRowNum()).isEqualTo(at - 1);
      }
    }
  }

  @Test
  void numbersSharesDaysAndTimesAreFormattedAndTheHeaderIsFrozenFilteredAndRepeated()
      throws IOException {
    try (XSSFWorkbook workbook = open(writeSample("report.xlsx"))) {
      XSSFSheet sheet = workbook.getSheet("Campaigns");
      List<String> formats = new ArrayList<>();
      sheet.getRow(1).forEach(cell -> formats.add(cell.getCellStyle().getDataFormatString()));
      String count = "#,##0";
      assertThat(formats)
          .containsExactly(
              "General",
              "General",
              "yyyy-mm-dd",
              count,
              count,
              count,
              count,
              count,
              count,
              "0.0%",
              "yyyy-mm-dd hh:mm:ss");
      assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
      assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
      assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:K4");
      assertThat(sheet.getRepeatingRows().formatAsString()).isEqualTo("1:1");
      assertThat(sheet.getRow(0).getCell(0).getCellStyle().getFont().getBold()).isTrue();
      assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
      assertThat(sheet.getFitToPage()).isTrue();
      assertThat(sheet.getPrintSetup().getFitWidth()).isEqualTo((short) 1);
      assertThat(sheet.getPrintSetup().getFitHeight()).isEqualTo((short) 0);
    }
  }

  @Test
  void columnsAreWideEnoughForTheirContentButNotEndless() throws IOException {
    ReportTable table =
        new ReportTable(
            "widths",
            "Widths",
            List.of(
                new ReportColumn("A", ColumnKind.TEXT),
                new ReportColumn("B", ColumnKind.TEXT),
                new ReportColumn("C", ColumnKind.TIMESTAMP),
                new ReportColumn("D", ColumnKind.COUNT)),
            List.of(row("COMPETING_CAMPAIGN", "word ".repeat(200), null, 1_234_567_890_123L)));
    try (XSSFWorkbook workbook = open(write("widths.xlsx", table))) {
      Sheet sheet = workbook.getSheet("Widths");
      int character = 256;
      assertThat(sheet.getColumnWidth(0)).isBetween(20 * character, 30 * character);
      assertThat(sheet.getColumnWidth(1)).isBetween(60 * character, 65 * character);
      assertThat(sheet.getColumnWidth(2)).isBetween(20 * character, 25 * character);
      assertThat(sheet.getColumnWidth(3)).isBetween(18 * character, 25 * character);
      assertThat(sheet.getRow(1).getCell(1).getCellStyle().getWrapText()).isTrue();
      assertThat(sheet.getRow(1).getHeightInPoints()).isGreaterThan(200f);
    }
  }

  @Test
  void theSummarySaysWhatTheReportIsAndLinksToEachSheet() throws IOException {
    try (XSSFWorkbook workbook = open(writeSample("report.xlsx"))) {
      XSSFSheet summary = workbook.getSheetAt(0);
      assertThat(summary.getRow(0).getCell(0).getStringCellValue()).isEqualTo("Update campaigns");
      assertThat(summary.getRow(1).getCell(0).getStringCellValue())
          .isEqualTo("As of 2026-03-01 06:00. Times are those of Europe/Berlin.");
      assertThat(summary.getRow(5).getCell(0).getStringCellValue()).isEqualTo("Failures by cause");
      assertThat(summary.getRow(5).getCell(0).getHyperlink().getAddress())
          .isEqualTo("'Failures by cause'!A1");
      assertThat(summary.getRow(5).getCell(3).getStringCellValue())
          .isEqualTo("Failed assignments by cause, in vehicles");
      assertThat(summary.getRow(5).getCell(11).getNumericCellValue()).isEqualTo(4);
      assertThat(workbook.getActiveSheetIndex()).isZero();
      assertThat(workbook.getProperties().getCoreProperties().getTitle())
          .isEqualTo("Update campaigns");
      assertThat(workbook.getProperties().getCoreProperties().getCreated().toInstant())
          .isEqualTo(SampleReport.AT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+49 711 1",
        "-x",
        "@SUM(A1)",
        "'quoted",
        "_x0041_ is no A",
        "_x005F_x0041_",
        " two  spaces ",
        "line\nbreak",
        "<b> & \"q\" ]]>",
        "05.12",
        "東京 🚗"
      })
  void textStaysTextToTheLastCharacter(String text) throws IOException {
    try (XSSFWorkbook workbook =
        open(write("text.xlsx", new ReportTable("t", "T", ONE_TEXT, List.of(row(text)))))) {
      Cell cell = workbook.getSheet("T").getRow(1).getCell(0);
      assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
      assertThat(cell.getStringCellValue()).isEqualTo(text);
      assertThat(cell.getCellStyle().getQuotePrefixed()).isEqualTo("=+-@'".contains(first(text)));
    }
  }

  @Test
  void anEmptyTableIsAHeaderAndAnEmptyReportASummary() throws IOException {
    try (XSSFWorkbook workbook =
        open(write("empty.xlsx", new ReportTable("none", "None", ONE_TEXT, List.of())))) {
      assertThat(column(workbook.getSheet("None"))).containsExactly("Message");
    }
    Path bare = dir.resolve("bare.xlsx");
    Workbooks.write(new WorkbookWriter(), bare);
    try (XSSFWorkbook workbook = open(bare)) {
      assertThat(names(workbook)).containsExactly("Summary");
    }
  }

  private static String first(String text) {
    return text.substring(0, 1);
  }

  private Path writeSample(String name) {
    return SampleReport.write(dir.resolve(name));
  }

  private Path write(String name, ReportTable table) {
    Path file = dir.resolve(name);
    Workbooks.write(new WorkbookWriter(), file, table);
    return file;
  }

  /**
   * What a reader of the workbook gets for a cell: its calendar has no zone, its numbers no type.
   */
  private static List<@Nullable Object> asRead(List<@Nullable Object> row) {
    List<@Nullable Object> read = new ArrayList<>();
    for (Object value : row) {
      if (value instanceof Boolean truth) {
        read.add(truth ? "yes" : "no");
      } else if (value instanceof Instant instant) {
        read.add(instant.atZone(SampleReport.ZONE).toLocalDateTime());
      } else if (value instanceof LocalDate day) {
        read.add(day.atStartOfDay());
      } else if (value instanceof Number number) {
        read.add(number.doubleValue());
      } else {
        read.add(value);
      }
    }
    return read;
  }
}

package convoy.writers.report;

import static convoy.writers.report.SampleReport.row;
import static convoy.writers.report.Workbooks.column;
import static convoy.writers.report.Workbooks.failingAfter;
import static convoy.writers.report.Workbooks.names;
import static convoy.writers.report.Workbooks.open;
import static convoy.writers.report.Workbooks.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookLimitsTest {
  private static final List<ReportColumn> ONE_TEXT =
      List.of(new ReportColumn("Message", ColumnKind.TEXT));

  @TempDir Path dir;

  @Test
  void textTooLongForACellIsCutAndSaysSo() throws IOException {
    ReportTable table =
        new ReportTable(
            "t", "T", ONE_TEXT, List.of(row("x".repeat(40_000)), row("_x0041_".repeat(4_681))));
    try (XSSFWorkbook workbook = open(write("long.xlsx", table))) {
      String text = workbook.getSheet("T").getRow(1).getCell(0).getStringCellValue();
      assertThat(text).hasSize(32_767).endsWith("x … (cut here; the CSV file has the whole text)");
    }
  }

  @Test
  void whatExcelCannotHoldAsANumberOrDateStandsThereAsText() throws IOException {
    ReportTable table =
        new ReportTable(
            "t",
            "T",
            List.of(
                new ReportColumn("Count", ColumnKind.COUNT),
                new ReportColumn("Time", ColumnKind.TIMESTAMP),
                new ReportColumn("Day", ColumnKind.DATE)),
            List.of(
                row(
                    Long.MAX_VALUE,
                    Instant.parse("1850-01-01T00:00:00Z"),
                    LocalDate.of(1899, 1, 1)),
                row(-999_999_999_999_999L, null, LocalDate.of(1900, 1, 1))));
    try (XSSFWorkbook workbook = open(write("t.xlsx", table))) {
      Sheet sheet = workbook.getSheet("T");
      assertThat(values(sheet.getRow(1)))
          .containsExactly("9223372036854775807", "1850-01-01T00:53:28+00:53:28", "1899-01-01");
      assertThat(values(sheet.getRow(2)))
          .containsExactly(-999_999_999_999_999d, null, LocalDateTime.of(1900, 1, 1, 0, 0));
    }
  }

  @Test
  void aTableLongerThanASheetGoesOnOnFurtherSheets() throws IOException {
    List<List<@Nullable Object>> rows =
        IntStream.rangeClosed(1, 9).mapToObj(i -> row("m" + i)).toList();
    Path file = dir.resolve("long.xlsx");
    Workbooks.write(new WorkbookWriter(5), file, new ReportTable("long-one", "L", ONE_TEXT, rows));
    try (XSSFWorkbook workbook = open(file)) {
      assertThat(names(workbook))
          .containsExactly("Summary", "Long one", "Long one (2)", "Long one (3)");
      assertThat(column(workbook.getSheet("Long one")))
          .containsExactly("Message", "m1", "m2", "m3", "m4");
      assertThat(column(workbook.getSheet("Long one (2)")))
          .containsExactly("Message", "m5", "m6", "m7", "m8");
      assertThat(column(workbook.getSheet("Long one (3)"))).containsExactly("Message", "m9");
      XSSFSheet third = workbook.getSheet("Long one (3)");
      assertThat(third.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:A2");
      Row line = workbook.getSheetAt(0).getRow(4);
      assertThat(line.getCell(0).getStringCellValue()).isEqualTo("Long one and 2 more");
      assertThat(line.getCell(11).getNumericCellValue()).isEqualTo(9);
    }
  }

  @Test
  void aSheetExactlyFullHasNoEmptySuccessor() throws IOException {
    Path file = dir.resolve("full.xlsx");
    List<List<@Nullable Object>> rows =
        IntStream.rangeClosed(1, 4).mapToObj(i -> row("m" + i)).toList();
    Workbooks.write(new WorkbookWriter(5), file, new ReportTable("full", "F", ONE_TEXT, rows));
    try (XSSFWorkbook workbook = open(file)) {
      assertThat(names(workbook)).containsExactly("Summary", "Full");
    }
  }

  @Test
  void theSameReportHasTheSameBytesWhenAndWhereverItIsWritten() throws Exception {
    Path first = writeSample("first.xlsx");
    TimeZone before = TimeZone.getDefault();
    Thread.sleep(2_100); // a zip entry's time has steps of two seconds
    Path second;
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      second = writeSample("second.xlsx");
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void aReportThatFailsLeavesTheEarlierOneAndNothingElse() throws IOException {
    Path file = dir.resolve("report.xlsx");
    Files.writeString(file, "the earlier report");
    ReportTable failing = new ReportTable("t", "T", ONE_TEXT, failingAfter(1_000));
    assertThatThrownBy(() -> Workbooks.write(new WorkbookWriter(), file, failing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the store went away");
    assertThat(file).hasContent("the earlier report");
    assertThat(dir).isDirectoryContaining("glob:**report.xlsx");
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path notAFolder = Files.writeString(dir.resolve("reports"), "a file");
    Path file = notAFolder.resolve("report.xlsx");
    assertThatThrownBy(() -> Workbooks.write(new WorkbookWriter(), file))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            "%s: cannot be written: found FileAlreadyExistsException: %s, expected a folder with"
                    .formatted(file, notAFolder)
                + " room in which files can be written and replaced");
  }

  private Path writeSample(String name) {
    return SampleReport.write(dir.resolve(name));
  }

  private Path write(String name, ReportTable table) {
    Path file = dir.resolve(name);
    Workbooks.write(new WorkbookWriter(), file, table);
    return file;
  }
}

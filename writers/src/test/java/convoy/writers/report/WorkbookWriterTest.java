package convoy.writers.report;

import static convoy.writers.report.SampleReport.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
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
    write(new WorkbookWriter(5), file, new ReportTable("long-one", "L", ONE_TEXT, rows));
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
    write(new WorkbookWriter(5), file, new ReportTable("full", "F", ONE_TEXT, rows));
    try (XSSFWorkbook workbook = open(file)) {
      assertThat(names(workbook)).containsExactly("Summary", "Full");
    }
  }

  @Test
  void anEmptyTableIsAHeaderAndAnEmptyReportASummary() throws IOException {
    try (XSSFWorkbook workbook =
        open(write("empty.xlsx", new ReportTable("none", "None", ONE_TEXT, List.of())))) {
      assertThat(column(workbook.getSheet("None"))).containsExactly("Message");
    }
    Path bare = dir.resolve("bare.xlsx");
    write(new WorkbookWriter(), bare);
    try (XSSFWorkbook workbook = open(bare)) {
      assertThat(names(workbook)).containsExactly("Summary");
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
  void twoHundredThousandRowsAreQuick() throws IOException {
    Random random = new Random(7);
    List<ReportColumn> columns =
        IntStream.range(0, 8)
            .mapToObj(
                i -> new ReportColumn("Column " + i, i < 6 ? ColumnKind.TEXT : ColumnKind.COUNT))
            .toList();
    Iterable<List<@Nullable Object>> rows =
        () -> Stream.generate(() -> randomRow(random)).limit(200_000).iterator();
    long start = System.nanoTime();
    Path file = write("large.xlsx", new ReportTable("large", "Large", columns, rows));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(Files.size(file)).isGreaterThan(1_000_000);
  }

  @Test
  void aReportThatFailsLeavesTheEarlierOneAndNothingElse() throws IOException {
    Path file = dir.resolve("report.xlsx");
    Files.writeString(file, "the earlier report");
    ReportTable failing = new ReportTable("t", "T", ONE_TEXT, failingAfter(1_000));
    assertThatThrownBy(() -> write(new WorkbookWriter(), file, failing))
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
    assertThatThrownBy(() -> write(new WorkbookWriter(), file))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            "%s: cannot be written: found FileAlreadyExistsException: %s, expected a folder with"
                    .formatted(file, notAFolder)
                + " room in which files can be written and replaced");
  }

  private static String first(String text) {
    return text.substring(0, 1);
  }

  private static List<@Nullable Object> randomRow(Random random) {
    String vin = String.format(Locale.ROOT, "WVWZZZ1KZ%08d", random.nextInt(100_000_000));
    return row(
        vin, "Brake controller", "INSTALLED", "2.1.0", "EU", "none", random.nextLong(1_000), 3);
  }

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

  private Path writeSample(String name) {
    return SampleReport.write(dir.resolve(name));
  }

  private Path write(String name, ReportTable table) {
    Path file = dir.resolve(name);
    write(new WorkbookWriter(), file, table);
    return file;
  }

  private static void write(WorkbookWriter writer, Path file, ReportTable... tables) {
    writer.write(file, "Title", SampleReport.AT, SampleReport.ZONE, List.of(tables), List.of());
  }

  private static XSSFWorkbook open(Path file) throws IOException {
    return new XSSFWorkbook(Files.newInputStream(file));
  }

  private static List<String> names(XSSFWorkbook workbook) {
    return IntStream.range(0, workbook.getNumberOfSheets())
        .mapToObj(workbook::getSheetName)
        .toList();
  }

  private static List<@Nullable Object> column(Sheet sheet) {
    List<@Nullable Object> column = new ArrayList<>();
    sheet.forEach(row -> column.add(value(row.getCell(0))));
    return column;
  }

  private static List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    row.forEach(cell -> values.add(value(cell)));
    return values;
  }

  private static @Nullable Object value(Cell cell) {
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

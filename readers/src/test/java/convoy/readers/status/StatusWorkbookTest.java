package convoy.readers.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.status.StatusColumn;
import convoy.data.status.StatusEvent;
import convoy.data.status.StatusRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Status logs in workbooks say what the same logs say as CSV. */
class StatusWorkbookTest {
  private static final String HEADER = StatusColumn.headerLine();
  private static final String GOOD =
      "e1,2026-03-01T02:15:00Z,WVWZZZ1JZXW000001,GATEWAY,spring,7,1,INSTALLED,2.1.0,,";

  @TempDir Path folder;

  @Test
  void theRowsAreThoseOfTheSameLogAsCsv() throws IOException {
    List<String> lines =
        List.of(
            HEADER,
            GOOD,
            "e2,yesterday,WVW,GATEWAY,spring,0,1,DONE,,,",
            GOOD.replace("e1", "e3").replace("INSTALLED,2.1.0,,", "FAILED,,POWER_LOSS,12 V"));
    Files.writeString(folder.resolve("log.csv"), String.join("\n", lines));

    List<StatusRow> sheet = read(log(lines));
    List<StatusRow> csv = read(folder.resolve("log.csv"));

    assertThat(sheet).extracting(StatusRow::event).isEqualTo(events(csv));
    assertThat(sheet).extracting(StatusRow::line).containsExactly(2L, 3L, 4L);
    assertThat(sheet.get(0).raw()).isEqualTo("e1" + GOOD.substring(2, GOOD.length() - 2));
    assertThat(sheet.get(1).rejections()).hasSameSizeAs(csv.get(1).rejections());
    assertThat(sheet.get(1).rejections().subList(1, 4))
        .isEqualTo(csv.get(1).rejections().subList(1, 4));
  }

  @Test
  void columnsStandInAnyOrderAndNumbersMayBeNumbers() throws IOException {
    Path file =
        workbook(
            book -> {
              XSSFSheet sheet = book.createSheet("Log");
              add(sheet, "State", "depot", " VIN ", "at", "event_id", "module", "campaign");
              add(sheet, "installed", "x", "wvwzzz1jzxw000001", "2026-03-01T03:15:00+01:00", "e1");
              more(sheet.getRow(0), "manifest_version", "attempt", "reported_version");
              more(sheet.getRow(0), "error_code", "text");
              more(sheet.getRow(1), "GATEWAY", "spring");
              sheet.getRow(1).createCell(7).setCellValue(7);
              sheet.getRow(1).createCell(8).setCellValue(1);
              sheet.getRow(1).createCell(9).setCellValue("2.1.0");
              book.createSheet("Empty");
              add(book.createSheet("Notes"), "by hand");
              book.setSheetHidden(2, true);
            });
    Files.writeString(folder.resolve("log.csv"), HEADER + "\n" + GOOD);

    assertThat(read(file))
        .extracting(StatusRow::event)
        .isEqualTo(events(read(folder.resolve("log.csv"))));
  }

  @Test
  void datesOfExcelAreUtcWhereTheHeaderSaysSo() throws IOException {
    Path file =
        dated("at_utc", cell -> date(cell, LocalDateTime.of(2026, 3, 1, 2, 15, 7, 125_000_000)));
    assertThat(read(file))
        .extracting(row -> event(row).at())
        .containsExactly(Instant.parse("2026-03-01T02:15:07.125Z"));
    Path text = dated("At_UTC", cell -> cell.setCellValue("2026-03-01T03:15:07+01:00"));
    assertThat(read(text))
        .extracting(row -> event(row).at())
        .containsExactly(Instant.parse("2026-03-01T02:15:07Z"));
    Files.writeString(
        folder.resolve("log.csv"),
        HEADER.replace(",at,", ",at_utc,") + "\n" + GOOD.replace(":00Z", ":07"));
    assertThat(read(folder.resolve("log.csv")))
        .extracting(row -> event(row).at())
        .containsExactly(Instant.parse("2026-03-01T02:15:07Z"));
  }

  static Stream<Arguments> cells() {
    String format = "a time with its offset such as 2026-03-01T02:15:00Z";
    String dates =
        "; as text, since a date of Excel has no offset, or under the header at_utc when all times are UTC";
    return Stream.of(
        Arguments.of(
            "at",
            (Consumer<XSSFCell>) c -> date(c, LocalDateTime.of(2026, 3, 1, 2, 15)),
            "AT_FORMAT at '2026-03-01T02:15:00': " + format + dates),
        Arguments.of(
            "at",
            (Consumer<XSSFCell>) c -> c.setCellValue(46_082.09375),
            "AT_FORMAT at '46082.09375': " + format + dates),
        Arguments.of(
            "at_utc",
            (Consumer<XSSFCell>) c -> c.setCellValue("2026-03-01"),
            "AT_FORMAT at '2026-03-01': " + format),
        Arguments.of(
            "at_utc",
            (Consumer<XSSFCell>) c -> date(c, LocalDateTime.of(1970, 1, 1, 0, 0, 9)),
            "AT_BEFORE_2000 at '1970-01-01T00:00:09': a time since 2000; the vehicle's clock seems to have been reset"),
        Arguments.of(
            "at",
            (Consumer<XSSFCell>) c -> c.setCellErrorValue((byte) 0x2A),
            "CELL_UNUSABLE at '#N/A': a value, not the error of a formula"),
        Arguments.of(
            "at",
            (Consumer<XSSFCell>)
                c -> {
                  c.setBlank();
                  c.setCellFormula("NOW()");
                },
            "CELL_UNUSABLE at '': a value: the formula's result is not stored in the file, as Excel does when it saves"),
        Arguments.of(
            "at",
            (Consumer<XSSFCell>) c -> c.setCellValue(1_234_567_890_123_456.0),
            "CELL_UNUSABLE at '1234567890123460': text: a cell with a number keeps 15 digits, and the last ones are lost"),
        Arguments.of(
            "at",
            (Consumer<XSSFCell>)
                c -> {
                  c.setCellValue("2026-03-01T02:15:00Z");
                  c.getSheet().addMergedRegion(CellRangeAddress.valueOf("I2:I3"));
                  c.getRow().getCell(8).setBlank();
                  c.getRow().getCell(7).setCellValue("FAILED");
                  c.getSheet().addMergedRegion(CellRangeAddress.valueOf("J1:J2"));
                },
            "CELL_UNUSABLE error_code '': a value in each row; the cell is merged with J1, which alone holds one"));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aCellThatDoesNotSayWhatAPersonSeesIsRejected(
      String header, Consumer<XSSFCell> content, String message) throws IOException {
    List<StatusRow> rows = read(dated(header, content));

    assertThat(rows).hasSize(1);
    assertThat(
            rows.get(0).rejections().stream()
                .map(r -> "%s %s '%s': %s".formatted(r.rule(), r.column(), r.found(), r.expected()))
                .collect(Collectors.joining("\n")))
        .isEqualTo(message);
  }

  @Test
  void workbooksThatAreNoStatusLogAreRefused() throws IOException {
    refused(
        workbook(
            book -> {
              add(book.createSheet("North"), HEADER.split(","));
              add(book.createSheet("South"), HEADER.split(","));
            }),
        "log.xlsx: rows in the sheets 'North' and 'South': expected one sheet with events, others hidden or empty");
    refused(
        workbook(book -> book.createSheet("Empty")),
        "log.xlsx: no visible sheet has a row: expected one with the header " + HEADER);
    refused(
        workbook(book -> add(book.createSheet("Log"), "event_id", "at", "state")),
        "log.xlsx sheet 'Log' row 1: the header lacks column 'vin', expected " + HEADER);
    refused(
        workbook(book -> add(book.createSheet("Log"), (HEADER + ",at_utc").split(","))),
        "log.xlsx sheet 'Log' row 1: the header repeats column 'at_utc', expected " + HEADER);
    refused(
        Files.writeString(folder.resolve("log.xlsx"), HEADER + "\n" + GOOD),
        "log.xlsx: a damaged or cut off workbook: expected an .xlsx workbook that Excel opens");
    refused(folder.resolve("none.xlsx"), "none.xlsx: no such file, expected a status log");
  }

  @Test
  void aRestartGoesOnAfterTheCommittedRows() throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (int i = 0; i < 40; i++) {
      lines.add(i % 3 == 0 ? "broken " + i : i % 5 == 0 ? "" : GOOD.replace("e1", "e" + i));
    }
    Path file = log(lines);
    List<StatusRow> all = read(file);
    assertThat(all).hasSize(35);
    for (int done = 0; done <= all.size(); done++) {
      assertThat(readFrom(file, done)).isEqualTo(all.subList(done, all.size()));
    }
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> readFrom(file, 36))
        .withMessage("log.xlsx: 35 rows, but 36 were read from it before; expected the same file");
  }

  private static StatusEvent event(StatusRow row) {
    assertThat(row.rejections()).isEmpty();
    return java.util.Objects.requireNonNull(row.event());
  }

  private static List<Object> events(List<StatusRow> rows) {
    List<Object> events = new ArrayList<>();
    rows.forEach(row -> events.add(row.event()));
    return events;
  }

  /** A good row whose time is that cell, under that header. */
  private Path dated(String header, Consumer<XSSFCell> content) throws IOException {
    return workbook(
        book -> {
          XSSFSheet sheet = book.createSheet("Log");
          add(sheet, HEADER.replace(",at,", "," + header + ",").split(","));
          add(sheet, GOOD.split(","));
          content.accept(sheet.getRow(1).getCell(1));
        });
  }

  private static void date(XSSFCell cell, LocalDateTime value) {
    XSSFWorkbook workbook = cell.getSheet().getWorkbook();
    var style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd hh:mm:ss"));
    cell.setCellStyle(style);
    cell.setCellValue(value);
  }

  private Path log(List<String> lines) throws IOException {
    return workbook(
        book -> {
          XSSFSheet sheet = book.createSheet("Log");
          lines.forEach(line -> add(sheet, line.split(",", -1)));
        });
  }

  private Path workbook(Consumer<XSSFWorkbook> content) throws IOException {
    Path file = folder.resolve("log.xlsx");
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      content.accept(workbook);
      workbook.write(out);
    }
    return file;
  }

  private static void add(XSSFSheet sheet, String... cells) {
    more(sheet.createRow(sheet.getLastRowNum() + 1), cells);
  }

  private static void more(org.apache.poi.xssf.usermodel.XSSFRow row, String... cells) {
    for (String cell : cells) {
      row.createCell(Math.max(row.getLastCellNum(), 0)).setCellValue(cell);
    }
  }

  private static void refused(Path file, String message) {
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> read(file))
        .withMessage(message)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_REFUSED));
  }

  private static List<StatusRow> read(Path file) {
    return readFrom(file, 0);
  }

  private static List<StatusRow> readFrom(Path file, long committed) {
    StatusLogReader reader = new StatusLogReader(file, () -> committed);
    List<StatusRow> rows = new ArrayList<>();
    try {
      reader.open(new ExecutionContext());
      for (StatusRow row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    } finally {
      reader.close();
    }
    return rows;
  }
}

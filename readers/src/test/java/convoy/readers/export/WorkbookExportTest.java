package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.ExportRow;
import convoy.readers.export.ExportFile.SkippedSheet;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class WorkbookExportTest {
  private static final String VEHICLE = "V1,E-Van,2026,EV,DE,2026-01-31,2026-02-01T00:00:00Z";
  private static final String ECU = "V1,GW,s,p,h,1.0.0,CAN,2026-02-01T00:00:00Z";

  @TempDir Path folder;

  @Test
  void vehiclesAreReadBeforeTheirEcusAndSheetsWithoutATableAreNamed() throws IOException {
    Path file = Exports.workbook(folder, WorkbookExportTest::twoTables);
    ExportFile probed = ExportFile.probe(file);
    assertThat(probed.format()).isEqualTo("Excel workbook");
    assertThat(probed.tables())
        .extracting(ExportTable::kind, ExportTable::sheet, ExportTable::headerLine)
        .containsExactly(
            tuple(ExportKind.VEHICLES, "Cars", 2L), tuple(ExportKind.ECUS, "Units", 1L));
    assertThat(probed.skipped())
        .containsExactly(
            new SkippedSheet("Notes", "no header with vin"),
            new SkippedSheet("Old", "hidden"),
            new SkippedSheet("Very old", "hidden"),
            new SkippedSheet("Empty", "empty"));
    assertThat(Exports.read(file))
        .extracting(ExportRow::kind, ExportRow::sheet, ExportRow::line, ExportRow::raw)
        .containsExactly(
            tuple(ExportKind.VEHICLES, "Cars", 3L, VEHICLE),
            tuple(ExportKind.ECUS, "Units", 2L, ECU),
            tuple(ExportKind.ECUS, "Units", 4L, ECU.replace("V1", "V2")));
  }

  private static void twoTables(XSSFWorkbook workbook) {
    var notes = workbook.createSheet("Notes");
    Exports.add(notes, "Exported by plant 7");
    Exports.add(notes, "VIN,the number on the chassis");
    var units = workbook.createSheet("Units");
    Exports.add(units, Exports.ECUS);
    Exports.add(units, ECU);
    Exports.add(units, ",, ,");
    Exports.add(units, ECU.replace("V1", "V2"));
    for (String name : List.of("Old", "Very old")) {
      Exports.add(workbook.createSheet(name), Exports.ECUS);
      Exports.add(workbook.getSheet(name), ECU);
    }
    workbook.setSheetVisibility(2, SheetVisibility.HIDDEN);
    workbook.setSheetVisibility(3, SheetVisibility.VERY_HIDDEN);
    workbook.createSheet("Empty");
    var cars = workbook.createSheet("Cars");
    Exports.add(cars, "Cars of plant 7");
    Exports.add(cars, Exports.VEHICLES);
    Exports.add(cars, VEHICLE);
  }

  @Test
  void aWorkbookAndATextOfTheSameContentHaveTheSameValues() throws IOException {
    Path workbook =
        Exports.workbook(
            folder,
            book -> {
              var sheet = book.createSheet("Units");
              Exports.add(sheet, Exports.ECUS + ",paint");
              Exports.add(sheet, ECU + ",red");
              Exports.add(sheet, " V2 ,,s,p,h,,CAN,t,");
            });
    Path text =
        Exports.text(
            folder,
            String.join("\n", Exports.ECUS + ",paint", ECU + ",red", " V2 ,,s,p,h,,CAN,t,"));
    assertThat(Exports.read(workbook))
        .usingRecursiveFieldByFieldElementComparatorOnFields("kind", "line", "values", "problem")
        .isEqualTo(Exports.read(text));
  }

  static Stream<Arguments> cells() {
    return Stream.of(
        cell("2026", c -> c.setCellValue(2026)),
        cell("12345678901234", c -> c.setCellValue(12345678901234.0)),
        cell("100000000000000000000", c -> c.setCellValue(1e20)),
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
        cell("#REF!", c -> c.setCellErrorValue(FormulaError.REF)),
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

  @Test
  void inlineStringsAreReadLikeSharedOnes() throws IOException {
    Path file = folder.resolve("inline.xlsx");
    try (var book = new SXSSFWorkbook();
        var out = Files.newOutputStream(file)) {
      var sheet = book.createSheet("Units");
      String[] header = Exports.ECUS.split(",", -1);
      var top = sheet.createRow(0);
      var row = sheet.createRow(1);
      for (int i = 0; i < header.length; i++) {
        top.createCell(i).setCellValue(header[i]);
        row.createCell(i).setCellValue("ü " + i);
      }
      book.write(out);
    }
    assertThat(Exports.read(file))
        .extracting(ExportRow::raw)
        .containsExactly("ü 0,ü 1,ü 2,ü 3,ü 4,ü 5,ü 6,ü 7");
  }

  @Test
  void aRestartGoesOnAcrossSheets() throws IOException {
    Path file = Exports.workbook(folder, WorkbookExportTest::twoTables);
    List<ExportRow> all = Exports.read(file);
    for (int done = 0; done <= all.size(); done++) {
      assertThat(Exports.read(file, done)).isEqualTo(all.subList(done, all.size()));
    }
  }

  @Test
  void aWorkbookThatIsCutOffIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Exports.workbook(folder, WorkbookExportTest::twoTables));
    for (int length = whole.length - 1; length > 2; length -= length > 5900 ? 10 : 211) {
      Path cut = Exports.bytes(folder, "cut.xlsx", Arrays.copyOf(whole, length));
      assertThatExceptionOfType(ConvoyException.class)
          .as("%d of %d bytes", length, whole.length)
          .isThrownBy(() -> Exports.read(cut))
          .withMessage(
              "cut.xlsx: a damaged or cut off workbook: expected an .xlsx workbook that Excel"
                  + " opens");
    }
  }

  @Test
  void aSheetThatBreaksOffIsReadUpToThereAndThenRefused() throws IOException {
    StringBuilder xml = new StringBuilder(SHEET_START);
    for (int i = 2; i <= 20; i++) {
      xml.append("<row r=\"%d\">%s</row>".formatted(i, text("A" + i, "V" + i)));
    }
    ExportReader reader =
        new ExportReader(sheetXml(xml.append("<row r=\"21\"><c").toString()), () -> 18);
    reader.open(new ExecutionContext());
    assertThat(reader.read()).extracting(ExportRow::raw).isEqualTo("V20");
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(reader::read)
        .withMessage(
            "plant.xlsx sheet 'Units' near row 21: damaged: expected an .xlsx workbook that Excel"
                + " opens");
    reader.close();
  }

  @Test
  void anEntityThatPointsOutsideIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "top secret");
    String type = "<!DOCTYPE worksheet [<!ENTITY e SYSTEM \"%s\">]>".formatted(secret.toUri());
    Path file =
        sheetXml(type + SHEET_START + "<row r=\"2\">" + text("A2", "&e;") + "</row>" + SHEET_END);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage(
            "plant.xlsx sheet 'Units' near row 2: damaged: expected an .xlsx workbook that Excel"
                + " opens");
  }

  @Test
  void aSheetThatUnpacksToAThousandTimesItsSizeIsRefused() throws IOException {
    Path file = sheetXml(SHEET_START + " ".repeat(20_000_000) + SHEET_END);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage(
            "plant.xlsx sheet 'Units' near row 1: damaged: expected an .xlsx workbook that Excel"
                + " opens");
  }

  private static final String SHEET_START =
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
          + header();
  private static final String SHEET_END = "</sheetData></worksheet>";

  /** A row of inline strings without references to rows and cells, as some writers leave it. */
  private static String header() {
    StringBuilder row = new StringBuilder("<row>");
    for (String name : Exports.ECUS.split(",", -1)) {
      row.append("<c t=\"inlineStr\"><is><r><t>")
          .append(name.substring(0, 1))
          .append("</t></r><r><t>")
          .append(name.substring(1))
          .append("</t></r><rPh><t>x</t></rPh></is></c>");
    }
    return row.append("</row>").toString();
  }

  private static String text(String reference, String text) {
    return "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(reference, text);
  }

  /** A workbook whose one sheet has this XML. */
  private Path sheetXml(String xml) throws IOException {
    Path file = Exports.workbook(folder, book -> book.createSheet("Units"));
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.writeString(zip.getPath("xl/worksheets/sheet1.xml"), xml);
    }
    return file;
  }

  @Test
  void aWorkbookWithoutATableIsRefused() throws IOException {
    Path file =
        Exports.workbook(
            folder,
            book -> {
              Exports.add(book.createSheet("Notes"), "to do");
              book.createSheet("Empty");
            });
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> ExportFile.probe(file))
        .withMessage(
            "plant.xlsx: no sheet holds an export ('Notes': no header with vin, 'Empty': empty):"
                + " expected a sheet whose header names vin, and model (vehicles) or module (ECUs)");
  }

  @Test
  void aSheetWhoseHeaderLacksAColumnIsRefusedAndNotPassedOver() throws IOException {
    Path file =
        Exports.workbook(
            folder,
            book -> {
              Exports.add(book.createSheet("Cars"), Exports.VEHICLES);
              Exports.add(book.createSheet("Units"), "VIN,Serial,HW");
            });
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> ExportFile.probe(file))
        .withMessage(
            "plant.xlsx sheet 'Units' row 1: the header names VIN, Serial, HW: expected a column"
                + " vin, and model (vehicles) or module (ECUs)");
  }
}

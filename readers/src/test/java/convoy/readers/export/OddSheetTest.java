package convoy.readers.export;

import static convoy.data.vehicle.ExportColumn.EXPORTED_AT;
import static convoy.data.vehicle.ExportColumn.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportColumn;
import convoy.data.vehicle.ExportRow;
import convoy.data.vehicle.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people and programs leave in sheets: read as it is meant, or a fault that says what it is.
 */
class OddSheetTest {
  private static final String DAMAGED = ": expected an .xlsx workbook that Excel opens";

  @TempDir Path folder;

  static Stream<Arguments> serials() {
    return Stream.of(
        serial(
            "rich text", "SN-1", "<c t='inlineStr'><is><r><t>SN</t></r><r><t>-1</t></r></is></c>"),
        serial("a string of a formula", "SN-1", "<c t='str'><f>A1</f><v>SN-1</v></c>"),
        serial("an empty string of a formula", "", "<c t='str'><f>A1</f><v></v></c>"),
        serial("white space that cannot be seen", "SN 1", text("\u00A0\u200BSN 1\uFEFF\u202F")),
        serial("a boolean", "TRUE", "<c t='b'><v>1</v></c>"),
        serial("a number of 15 digits", "123456789012345", "<c><v>123456789012345</v></c>"),
        serial("a small number", "0.00012", "<c><v>1.2E-4</v></c>"),
        serial("CDATA", "a<b", "<c t='inlineStr'><is><t><![CDATA[a<b]]></t></is></c>"),
        serial("an escaped line break", "a\nb", text("a_x000A_b")));
  }

  private static Arguments serial(String name, String expected, String cell) {
    return Arguments.of(name, expected, cell.replace("<c", "<c r='C2'"));
  }

  private static String text(String text) {
    return "<c t='inlineStr'><is><t>" + text + "</t></is></c>";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("serials")
  void aCellIsReadAsItIsMeant(String name, String expected, String cell) throws IOException {
    List<ExportRow> rows = Exports.read(withSerial(cell));
    assertThat(rows)
        .extracting(ExportRow::line, ExportRow::problem, row -> row.values().get(SERIAL))
        .containsExactly(tuple(2L, null, expected));
  }

  static Stream<Arguments> unusable() {
    String formula = "a value, not the error of a formula";
    String digits = "text: a cell with a number keeps 15 digits, and the last ones are lost";
    return Stream.of(
        Arguments.of("<c t='e'><f>B9</f><v>#REF!</v></c>", "#REF!", formula),
        Arguments.of("<c t='e'><v>#N/A</v></c>", "#N/A", formula),
        Arguments.of(
            "<c><f>B1&amp;B2</f></c>",
            "",
            "a value: the formula's result is not stored in the file, as Excel does when it saves"),
        Arguments.of("<c><v>1.23457E+16</v></c>", "12345700000000000", digits),
        Arguments.of("<c><v>12345678901234567</v></c>", "12345678901234600", digits));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void aCellWithoutAValueCostsItsRow(String cell, String found, String expected)
      throws IOException {
    List<ExportRow> rows = Exports.read(withSerial(cell.replace("<c", "<c r='C2'")));
    assertThat(rows)
        .extracting(ExportRow::problem)
        .containsExactly(new Finding("MISSING_VALUE", "serial", found, expected));
  }

  private Path withSerial(String cell) throws IOException {
    return SheetXml.rows(
        folder,
        "<row r='2'>%s%s%s%s</row>"
            .formatted(
                SheetXml.text("A2", "V1"),
                SheetXml.text("B2", "GW"),
                cell,
                SheetXml.text("H2", "t")));
  }

  @Test
  void anErrorInAColumnThatConvoyDoesNotKnowIsPassedOver() throws IOException {
    Path file =
        SheetXml.rows(
            folder,
            "<row r='2'>" + SheetXml.text("A2", "V1") + "<c r='M2' t='e'><v>#N/A</v></c></row>");
    assertThat(Exports.read(file))
        .extracting(ExportRow::problem, ExportRow::raw)
        .containsExactly(tuple(null, "V1,,,,,,,,,,,,\"#N/A\""));
  }

  /** A workbook with the one sheet "Units". */
  private Path units(Consumer<XSSFSheet> content) throws IOException {
    return Exports.workbook(folder, book -> content.accept(book.createSheet("Units")));
  }

  @Test
  void zerosThatTheFormatShowsAreKept() throws IOException {
    Path file =
        units(
            sheet -> {
              Exports.add(sheet, Exports.ECUS);
              var book = sheet.getWorkbook();
              var style = book.createCellStyle();
              style.setDataFormat(book.createDataFormat().getFormat("000000"));
              var cell = sheet.createRow(1).createCell(2);
              cell.setCellStyle(style);
              cell.setCellValue(421);
            });
    assertThat(Exports.read(file))
        .extracting(row -> row.values().get(SERIAL))
        .containsExactly("000421");
  }

  @Test
  void aDateWithoutADateFormatIsTheNumberThatItIs() throws IOException {
    Path file =
        units(
            sheet -> {
              Exports.add(sheet, Exports.ECUS);
              sheet.createRow(1).createCell(7).setCellValue(46053.5);
            });
    assertThat(Exports.read(file))
        .extracting(row -> row.values().get(EXPORTED_AT))
        .containsExactly("46053.5");
  }

  @Test
  void mergedCellsHaveTheirValueInTheFirstRowAlone() throws IOException {
    Path file =
        units(
            sheet -> {
              Exports.add(sheet, "Units of plant 7");
              Exports.add(sheet, Exports.ECUS + ",paint");
              Exports.add(sheet, "V1,GW,s,p,h,1,CAN,t,red");
              Exports.add(sheet, ",BCM,s,p,h,1,CAN,t,");
              Exports.add(sheet, "V2,ABS,,p,h,1,CAN,t,");
              Exports.add(sheet, ",,,,,,,,");
              Exports.add(sheet, "V3,ABS,s,p,h,1,CAN,t,");
              for (String region : List.of("A1:I1", "A3:A4", "I3:I7", "A5:A6")) {
                sheet.addMergedRegion(CellRangeAddress.valueOf(region));
              }
            });
    String expected = "a value in each row; the cell is merged with A3, which alone holds one";
    assertThat(Exports.read(file))
        .extracting(ExportRow::line, ExportRow::problem)
        .containsExactly(
            tuple(3L, null),
            tuple(4L, new Finding("MISSING_VALUE", "vin", "", expected)),
            tuple(5L, null),
            tuple(7L, null));
  }

  @Test
  void hiddenAndFilteredRowsAndColumnsAreReadLikeOthers() throws IOException {
    Path file =
        units(
            sheet -> {
              Exports.add(sheet, Exports.ECUS);
              Exports.add(sheet, "V1,GW,s,p,h,1,CAN,t");
              Exports.add(sheet, "V2,GW,s,p,h,1,CAN,t");
              sheet.setAutoFilter(CellRangeAddress.valueOf("A1:H3"));
              sheet.getRow(1).setZeroHeight(true);
              sheet.setColumnHidden(2, true);
            });
    assertThat(Exports.read(file))
        .extracting(ExportRow::raw)
        .containsExactly("V1,GW,s,p,h,1,CAN,t", "V2,GW,s,p,h,1,CAN,t");
  }

  @Test
  void textOfManyFontsAndPhoneticRunsIsReadAsItIsShown() throws IOException {
    Path file =
        units(
            sheet -> {
              Exports.add(sheet, Exports.ECUS);
              var rich = new XSSFRichTextString("車-1");
              rich.applyFont(0, 1, sheet.getWorkbook().createFont());
              rich.getCTRst().addNewRPh().setT("くるま");
              sheet.createRow(1).createCell(2).setCellValue(rich);
            });
    assertThat(Exports.read(file))
        .extracting(row -> row.values().get(ExportColumn.SERIAL))
        .containsExactly("車-1");
  }

  @Test
  void theLastColumnThatExcelHasIsReadAndNoFurtherOne() throws IOException {
    assertThat(
            Exports.read(
                SheetXml.rows(folder, "<row r='2'>" + SheetXml.text("XFD2", "x") + "</row>")))
        .extracting(ExportRow::raw)
        .containsExactly("\"\"" + ",".repeat(16_383) + "x");
    assertRefused("<row r='2'>" + SheetXml.text("XFE2", "x") + "</row>", 2, "a cell named XFE2");
  }

  @Test
  void cellsInDisorderAreReadWhereTheyStand() throws IOException {
    String xml = "<row r='3'>" + SheetXml.text("C3", "s") + SheetXml.text("A3", "V1") + "</row>";
    assertThat(Exports.read(SheetXml.rows(folder, xml)))
        .extracting(ExportRow::line, ExportRow::raw)
        .containsExactly(tuple(3L, "V1,,s"));
  }

  @Test
  void whatExcelItselfCallsDamagedIsRefused() throws IOException {
    String twice = SheetXml.text("B2", "x") + SheetXml.text("B2", "y");
    assertRefused("<row r='2'>" + twice + "</row>", 2, "two cells in column 2 of one row");
    assertRefused(SheetXml.row(3, "V1") + SheetXml.row(2, "V2"), 3, "row 2 after row 3");
    assertRefused(SheetXml.row(2, "V1") + SheetXml.row(2, "V2"), 2, "row 2 after row 2");
    assertRefused(SheetXml.row(1_048_577, "V1"), 1, "row 1048577 after row 1");
    assertRefused("<row r='2'>" + SheetXml.text("b2", "x") + "</row>", 2, "a cell named b2");
    assertRefused("<row r='2'>" + SheetXml.text("2", "x") + "</row>", 2, "a cell named 2");
    assertRefused("<row r='2'><c t='s'><v>9</v></c></row>", 2, "shared string 9 of 0");
    assertRefused("<row r='two'/>", 1, "damaged");
  }

  private void assertRefused(String xml, int row, String found) throws IOException {
    Path file = SheetXml.rows(folder, xml);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> Exports.read(file))
        .withMessage("plant.xlsx sheet 'Units' near row %d: %s".formatted(row, found) + DAMAGED);
  }

  @Test
  void aWorkbookWithMacrosIsReadAndNothingInItIsRun() throws IOException {
    Path file = SheetXml.rows(folder, SheetXml.row(2, "V1"));
    SheetXml.replace(
        file,
        "[Content_Types].xml",
        SheetXml.read(file, "[Content_Types].xml")
            .replace(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml"));
    assertThat(Exports.read(file)).extracting(ExportRow::raw).containsExactly("V1");
  }
}

package convoy.readers.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import convoy.data.error.ConvoyException;
import convoy.data.vehicle.ExportKind;
import convoy.data.vehicle.ExportRow;
import convoy.readers.export.ExportFile.SkippedSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** Tables of two kinds in the wrong order, among sheets that are none. */
  static void twoTables(XSSFWorkbook workbook) {
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

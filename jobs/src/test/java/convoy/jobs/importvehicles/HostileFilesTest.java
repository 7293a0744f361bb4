package convoy.jobs.importvehicles;

import static convoy.jobs.importvehicles.Exports.ECUS;
import static convoy.jobs.importvehicles.Exports.FIRST_VIN;
import static convoy.jobs.importvehicles.Exports.VEHICLES;
import static convoy.jobs.importvehicles.Exports.ecu;
import static convoy.jobs.importvehicles.Exports.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd files through the whole job: each row is counted once, and what is wrong is said. */
class HostileFilesTest {
  private static final String FAULTS =
      "select line, column_name, rule, found from quarantine order by all";

  @TempDir Path folder;
  private JobHarness jobs;

  @BeforeEach
  void start() {
    jobs = new JobHarness(folder);
    take(Exports.deliver(jobs, "v.csv", VEHICLES, List.of(vehicle(FIRST_VIN))));
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void anOddTextIsCountedToTheLastRow() {
    String good = ecu(FIRST_VIN, "BCM", "1.8.0");
    Path file =
        Exports.deliver(
            jobs,
            "odd.csv",
            "sep=,\r\n" + ECUS,
            List.of(
                good,
                "\u00A0" + ecu(FIRST_VIN, "ABS", "1.8.0") + "\uFEFF",
                ecu(FIRST_VIN, "GATEWAY", "1.8.0") + ",",
                FIRST_VIN + ",\"GATEWAY\"x",
                // Further up a zero byte refuses the file as no text.
                "\n".repeat(69_999),
                ecu(FIRST_VIN, "GATEWAY", "1.8\u0000.0"),
                "\u001A"));
    assertThat(take(file))
        .isEqualTo("odd.csv: 5 rows read, 2 accepted, 0 unchanged, 3 quarantined");
    assertThat(jobs.sql().rows(FAULTS))
        .containsExactly(
            "5||COLUMN_COUNT|9 columns",
            "6||QUOTES|text follows a closing quote",
            "70007|software_version|CONTROL_CHARACTER|1.8\u0000.0");
    assertThat(jobs.sql().rows("select module from ecu order by all"))
        .containsExactly("ABS", "BCM");
  }

  @Test
  void onlyAHeaderLandsAsNoRows() {
    assertThat(take(Exports.deliver(jobs, "none.csv", ECUS, List.of())))
        .isEqualTo("none.csv: 0 rows read, 0 accepted, 0 unchanged, 0 quarantined");
  }

  @Test
  void anOddWorkbookIsCountedToTheLastRow() throws IOException {
    Path file = jobs.home().inboxManufacturing().resolve("odd.xlsx");
    try (XSSFWorkbook book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      XSSFSheet sheet = book.createSheet("Units");
      add(sheet, ECUS);
      add(sheet, ecu(FIRST_VIN, "BCM", "1.8.0"));
      add(sheet, ecu("", "ABS", "1.8.0"));
      sheet.addMergedRegion(CellRangeAddress.valueOf("A2:A3"));
      add(sheet, ecu(FIRST_VIN, "GATEWAY", "1.8.0"));
      sheet.getRow(3).getCell(2).setCellErrorValue(FormulaError.REF);
      add(sheet, ecu(FIRST_VIN, "ABS", "1.8.0"));
      sheet.getRow(4).getCell(7).setCellValue(46346.9);
      add(sheet, ecu(FIRST_VIN, "ABS", "1.8.0"));
      sheet.getRow(5).getCell(0).setCellValue(1.23457E16);
      book.write(out);
    }
    assertThat(take(file))
        .isEqualTo("odd.xlsx: 5 rows read, 1 accepted, 0 unchanged, 4 quarantined");
    assertThat(jobs.sql().rows(FAULTS))
        .containsExactly(
            "3|vin|MISSING_VALUE|",
            "4|serial|MISSING_VALUE|#REF!",
            "5|exported_at|EXPORTED_AT|46346.9",
            "6|vin|MISSING_VALUE|12345700000000000");
  }

  private static void add(XSSFSheet sheet, String commaSeparated) {
    var row = sheet.createRow(sheet.getPhysicalNumberOfRows());
    int column = 0;
    for (String cell : commaSeparated.split(",", -1)) {
      row.createCell(column++).setCellValue(cell);
    }
  }

  private String take(Path file) {
    return JobHarness.summary(
        JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-1")));
  }
}

package convoy.jobs.importvehicles;

import static convoy.jobs.importvehicles.Exports.ECUS;
import static convoy.jobs.importvehicles.Exports.FIRST_VIN;
import static convoy.jobs.importvehicles.Exports.VEHICLES;
import static convoy.jobs.importvehicles.Exports.ecu;
import static convoy.jobs.importvehicles.Exports.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import convoy.jobs.input.InputParameters;
import convoy.jobs.platform.JobSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/** A file that cannot be read as a whole is put aside whole; nothing of it reaches the fleet. */
class RefusedFilesTest {
  private static final String EXPORT =
      "expected a manufacturing export as CSV text, JSON Lines or an .xlsx workbook";
  private static final String WORKBOOK =
      "a damaged or cut off workbook: expected an .xlsx workbook that Excel opens";

  @TempDir Path folder;
  private JobHarness jobs;

  @BeforeEach
  void start() {
    jobs = new JobHarness(folder);
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void anEmptyFile() throws IOException {
    assertRefused(
        Exports.deliver(jobs, "empty.csv", new byte[0]), "empty.csv: empty (0 bytes): " + EXPORT);
  }

  @Test
  void aHeaderThatLacksAColumn() throws IOException {
    String header = VEHICLES.replace(",region", "");
    assertRefused(
        Exports.deliver(jobs, "v.csv", header, List.of(FIRST_VIN + ",Brevik,2024,PETROL,,")),
        "v.csv line 1: the header lacks region (it names vin, model, model_year, powertrain,"
            + " manufactured_on, exported_at): expected for VEHICLES the columns vin, model,"
            + " model_year, powertrain, region, manufactured_on, exported_at");
  }

  @Test
  void aTruncatedWorkbook() throws IOException {
    byte[] whole = Files.readAllBytes(JobHarness.samples().resolve("puebla-export.xlsx"));
    assertRefused(
        Exports.deliver(jobs, "cut.xlsx", Arrays.copyOf(whole, whole.length / 2)),
        "cut.xlsx: " + WORKBOOK);
  }

  @Test
  void aFileThatIsGoneWhenItsTurnComes() {
    Path file = jobs.home().inboxManufacturing().resolve("gone.csv");
    JobExecution execution =
        JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-1"));
    assertThat(JobHarness.summary(execution))
        .isEqualTo("gone.csv: refused: gone.csv: no such file: " + EXPORT);
    assertThat(JobSummary.refusals(execution)).isEqualTo(1);
  }

  @Test
  void aFileWhoseEndIsNoExportLeavesNothingOfItsStart() throws IOException {
    take(Exports.deliver(jobs, "v.csv", VEHICLES, List.of(vehicle(FIRST_VIN))));
    String endless = "x".repeat(2 << 20);
    assertRefused(
        Exports.deliver(jobs, "e.csv", ECUS, List.of(ecu(FIRST_VIN, "BCM", "1.8.0"), endless)),
        "e.csv line 3: more than 1048576 characters without a line end: expected rows of an"
            + " export");
    assertThat(jobs.sql().rows("select count(*) from ecu")).containsExactly("0");
  }

  @Test
  void theSameRefusedBytesAgainAreRefusedAgainWithOneLineOfQuarantine() throws IOException {
    assertRefused(Exports.deliver(jobs, "a.csv", new byte[0]), "a.csv: empty (0 bytes): " + EXPORT);
    assertRefused(Exports.deliver(jobs, "b.csv", new byte[0]), "b.csv: empty (0 bytes): " + EXPORT);
    Path file = Exports.deliver(jobs, "a.csv", new byte[0]);
    JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-2"));
    assertThat(jobs.sql().rows("select file, rule, found from quarantine order by file"))
        .containsExactly(
            "a.csv|FILE_REFUSED|a.csv: empty (0 bytes): " + EXPORT,
            "b.csv|FILE_REFUSED|b.csv: empty (0 bytes): " + EXPORT);
  }

  private JobExecution take(Path file) {
    return JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run-1"));
  }

  private void assertRefused(Path file, String message) throws IOException {
    String aside = InputParameters.of(file, "").sha256().substring(0, 8) + "-" + file.getFileName();
    byte[] bytes = Files.readAllBytes(file);
    JobExecution execution = take(file);
    assertThat(JobHarness.summary(execution))
        .isEqualTo(file.getFileName() + ": refused: " + message);
    assertThat(JobSummary.refusals(execution)).isEqualTo(1);
    assertThat(file).doesNotExist();
    assertThat(jobs.home().quarantine().resolve(aside)).hasBinaryContent(bytes);
    assertThat(Files.readString(jobs.home().quarantine().resolve(aside + ".rejects.csv")))
        .isEqualTo(
            "file,sheet,line,column,rule,found,expected,message,raw\r\n%s,,0,,FILE_REFUSED,%s,a complete file of a known form,%s,\r\n"
                .formatted(file.getFileName(), quoted(message), quoted(message)));
    assertThat(
            jobs.sql()
                .rows(
                    "select outcome, rows_read, message from import_file where name = '%s'"
                        .formatted(file.getFileName())))
        .containsExactly("REFUSED|0|" + message);
    assertThat(
            jobs.sql()
                .rows(
                    "select count(*) from duckdb_tables() where table_name similar to 'staged_(ecu|vehicle)_.*'"))
        .containsExactly("0");
  }

  private static String quoted(String text) {
    return text.contains(",") ? '"' + text + '"' : text;
  }
}

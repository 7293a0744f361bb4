package convoy.jobs.importvehicles;

import static convoy.jobs.importvehicles.Exports.ECUS;
import static convoy.jobs.importvehicles.Exports.FIRST_VIN;
import static convoy.jobs.importvehicles.Exports.SECOND_VIN;
import static convoy.jobs.importvehicles.Exports.VEHICLES;
import static convoy.jobs.importvehicles.Exports.ecu;
import static convoy.jobs.importvehicles.Exports.vehicle;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import convoy.jobs.input.Archive;
import convoy.jobs.input.InputParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that is wrong goes to quarantine as it stood; the good rows beside it land. */
class RejectedRowsTest {
  private static final String HEADER = "file,sheet,line,column,rule,found,expected,message,raw\r\n";

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
  void anInvalidVin() throws IOException {
    String wrong = "3VWKP2BR4RW000001";
    assertThat(take("v.csv", VEHICLES, List.of(vehicle(wrong), vehicle(SECOND_VIN))))
        .isEqualTo("v.csv: 2 rows read, 1 accepted, 0 unchanged, 1 quarantined");
    assertThat(rejects())
        .isEqualTo(
            HEADER
                + "v.csv,,2,vin,VIN_CHECK_DIGIT,3VWKP2BR4RW000001,\"'1' in position 9, as in"
                + " 3VWKP2BR1RW000001 (49 CFR 565.15(c))\",\"v.csv line 2: vin '3VWKP2BR4RW000001':"
                + " expected '1' in position 9, as in 3VWKP2BR1RW000001 (49 CFR"
                + " 565.15(c))\",\"3VWKP2BR4RW000001,Brevik,2024,PETROL,DE,2023-11-21,2026-11-20T22:00:00Z\"\r\n");
    assertThat(jobs.sql().rows("select vin from vehicle")).containsExactly(SECOND_VIN);
  }

  @Test
  void aRepeatedVinAndEcu() throws IOException {
    haveVehicle();
    assertThat(
            take(
                "e.csv",
                ECUS,
                List.of(
                    ecu(FIRST_VIN, "BCM", "1.8.0"),
                    ecu(FIRST_VIN, "ABS", "2.0.0"),
                    ecu(FIRST_VIN, "Body Control", "1.9.0"))))
        .isEqualTo("e.csv: 3 rows read, 2 accepted, 0 unchanged, 1 quarantined");
    assertThat(rejects())
        .isEqualTo(
            HEADER
                + "e.csv,,4,vin,DUPLICATE,WVWKP2BR3RW000001 BCM,once in a file; it stands first on"
                + " line 2,e.csv line 4: vin 'WVWKP2BR3RW000001 BCM': expected once in a file; it"
                + " stands first on line 2,\"WVWKP2BR3RW000001,Body Control,SN-Body"
                + " Control,5Q0-1,H08,1.9.0,CAN,2026-11-20T22:00:00Z\"\r\n");
    assertThat(ecus()).containsExactly("ABS|2.0.0", "BCM|1.8.0");
  }

  @Test
  void anUnparsableVersion() throws IOException {
    haveVehicle();
    assertThat(
            take(
                "e.csv",
                ECUS,
                List.of(ecu(FIRST_VIN, "BCM", "v2..1"), ecu(FIRST_VIN, "ABS", "2.0.0"))))
        .isEqualTo("e.csv: 2 rows read, 1 accepted, 0 unchanged, 1 quarantined");
    assertThat(rejects())
        .isEqualTo(
            HEADER
                + "e.csv,,2,software_version,SOFTWARE_VERSION,v2..1,a version such as 2.1.0,e.csv"
                + " line 2: software_version 'v2..1': expected a version such as"
                + " 2.1.0,\"WVWKP2BR3RW000001,BCM,SN-BCM,5Q0-1,H08,v2..1,CAN,2026-11-20T22:00:00Z\"\r\n");
    assertThat(ecus()).containsExactly("ABS|2.0.0");
  }

  @Test
  void anUnknownModule() throws IOException {
    haveVehicle();
    assertThat(
            take(
                "e.csv",
                ECUS,
                List.of(ecu(FIRST_VIN, "FOO_ECU", "1.0.0"), ecu(FIRST_VIN, "ABS", "2.0.0"))))
        .isEqualTo("e.csv: 2 rows read, 1 accepted, 0 unchanged, 1 quarantined");
    String catalogue =
        "a module of the catalogue: ABS, AIRBAG, BATTERY, BCM, CAMERA, CHARGER, CLIMATE, CLUSTER,"
            + " ENGINE, GATEWAY, INFOTAINMENT, INVERTER, PARKING, RADAR, STEERING, TELEMATICS,"
            + " TRANSMISSION";
    assertThat(rejects())
        .isEqualTo(
            HEADER
                + "e.csv,,2,module,MODULE_UNKNOWN,FOO_ECU,\""
                + catalogue
                + "\",\"e.csv line 2: module 'FOO_ECU': expected "
                + catalogue
                + "\",\"WVWKP2BR3RW000001,FOO_ECU,SN-FOO_ECU,5Q0-1,H08,1.0.0,CAN,2026-11-20T22:00:00Z\"\r\n");
    assertThat(ecus()).containsExactly("ABS|2.0.0");
  }

  @Test
  void textInAWrongEncoding() throws IOException {
    String latin = VEHICLES + "\n" + vehicle(FIRST_VIN).replace("Brevik", "Br\u00e9vik");
    String text = latin + "\n" + vehicle(SECOND_VIN) + "\n";
    Path file = Exports.deliver(jobs, "v.csv", text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(take(file)).isEqualTo("v.csv: 2 rows read, 1 accepted, 0 unchanged, 1 quarantined");
    assertThat(rejects())
        .isEqualTo(
            HEADER
                + "v.csv,,2,model,ENCODING,Br\\xE9vik,\"text in UTF-8 or UTF-16, or in the encoding"
                + " that a profile names\",\"v.csv line 2: model 'Br\\xE9vik': expected"
                + " text in UTF-8 or UTF-16, or in the encoding that a profile"
                + " names\",\"WVWKP2BR3RW000001,Br\\xE9vik,2024,PETROL,DE,2023-11-21,2026-11-20T22:00:00Z\"\r\n");
    assertThat(jobs.sql().rows("select vin from vehicle")).containsExactly(SECOND_VIN);
  }

  private void haveVehicle() {
    take("known.csv", VEHICLES, List.of(vehicle(FIRST_VIN)));
  }

  private List<String> ecus() {
    return jobs.sql().rows("select module, software_version from ecu order by module");
  }

  private String take(String name, String header, List<String> rows) {
    return take(Exports.deliver(jobs, name, header, rows));
  }

  private InputParameters last = new InputParameters(Path.of("none"), "", "");

  private String take(Path file) {
    last = InputParameters.of(file, "run-1");
    return JobHarness.summary(
        JobHarness.completed(jobs.run(ImportVehiclesJobConfiguration.JOB, last.toJobParameters())));
  }

  /** The quarantine file of the last file; the file itself was taken over. */
  private String rejects() throws IOException {
    assertThat(jobs.home().archive().resolve("manufacturing"))
        .isDirectoryContaining(file -> file.getFileName().toString().endsWith("-" + last.name()));
    return Files.readString(Archive.rejectsFile(last, jobs.home().quarantine()));
  }
}

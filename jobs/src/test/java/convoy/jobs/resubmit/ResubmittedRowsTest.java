package convoy.jobs.resubmit;

import static convoy.jobs.resubmit.Rejections.ECUS;
import static convoy.jobs.resubmit.Rejections.NOW;
import static convoy.jobs.resubmit.Rejections.OTHER_VIN;
import static convoy.jobs.resubmit.Rejections.VEHICLES;
import static convoy.jobs.resubmit.Rejections.VIN;
import static convoy.jobs.resubmit.Rejections.ecu;
import static convoy.jobs.resubmit.Rejections.vehicle;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.duckdb.QuarantinedInput;
import convoy.data.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected rows of texts come into the inbox as they stood, and are judged by today's rules. */
class ResubmittedRowsTest {
  private static final String SENT = ".resubmit-20261121T233000Z.csv";

  @TempDir static Path folder;
  private static Rejections home;

  /** One home for all, since it takes seconds to start; a test that lands rows has its own file. */
  @BeforeAll
  static void start() {
    home = new Rejections(folder);
    home.take("v.csv", (VEHICLES + "\n" + vehicle(VIN) + "\n").getBytes(UTF_8));
    home.take("ecus.csv", faulty("S;\nN").getBytes(UTF_8));
  }

  @AfterAll
  static void stop() {
    home.close();
  }

  @AfterEach
  void emptyTheInbox() throws IOException {
    for (Path file : Rejections.files(home.jobs.home().inboxManufacturing())) {
      Files.delete(file);
    }
  }

  /** Semicolons, a quoted cell over two lines, and one row for each way to be rejected. */
  private static String faulty(String serial) {
    return (ECUS.replace("serial", "'serial'")
            + "\n"
            + String.join(
                "\n",
                ecu(VIN, "BCM", "1.8.0"),
                ecu(VIN, "FOO_ECU", "1.0.0").replace("SN", "'S/N'"),
                ecu(VIN, "ABS", "v2..1"),
                VIN + ",RADAR,SN",
                VIN + ",CAMERA,'never closed",
                ecu(VIN, "BCM", "1.9.0"))
            + "\n")
        .replace("S/N", serial)
        .replace(',', ';')
        .replace('\'', '"');
  }

  @Test
  void aRowIsAcceptedOnceTheSettingsKnowItsModule() throws IOException {
    assertThat(
            home.take(
                "module.csv",
                faulty("module").replace("FOO", "NEW").replace("BCM", "INVERTER").getBytes(UTF_8)))
        .isEqualTo("module.csv: 6 rows read, 1 accepted, 0 unchanged, 5 quarantined");
    Resubmission.Result sent = home.send("module.csv");
    assertThat(sent.leftOut()).isEqualTo(Map.of("DUPLICATE", 1L, "QUOTES", 1L));
    assertThat(sent.files())
        .containsExactly(
            new QuarantinedInput.Resubmission(
                QuarantinedInput.Act.SENT, null, 3, "inbox/manufacturing/module.csv" + SENT, NOW));
    Path file = home.inbox();
    assertThat(file.getFileName()).hasToString("module.csv" + SENT);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            vin;module;"serial";hardware_part;hardware_version;software_version;protocol;exported_at;resubmitted
            WVWKP2BR3RW000001;NEW_ECU;"module";5Q0-1;H08;1.0.0;CAN;2026-11-20T22:00:00Z;2026-11-21T23:30:00.123456Z
            WVWKP2BR3RW000001;ABS;SN;5Q0-1;H08;v2..1;CAN;2026-11-20T22:00:00Z;2026-11-21T23:30:00.123456Z
            WVWKP2BR3RW000001;RADAR;SN;2026-11-21T23:30:00.123456Z
            """);
    // A change of the settings is known to the next start.
    home.close();
    Path settings = folder.resolve("convoy.yaml");
    Files.writeString(settings, "modules:\n  NEW_ECU:\n    scheme: SEMVER\n    also: []\n");
    home = new Rejections(folder);
    Files.delete(settings);
    assertThat(home.take(file))
        .isEqualTo("module.csv" + SENT + ": 3 rows read, 1 accepted, 0 unchanged, 2 quarantined");
    assertThat(
            home.jobs
                .sql()
                .rows(
                    "select module, serial from ecu where module in ('NEW_ECU', 'INVERTER') order by module"))
        .containsExactly("INVERTER|SN", "NEW_ECU|module");
    assertThat(
            home.jobs
                .sql()
                .rows(
                    "select line, rule, found from quarantine where file like 'module.csv.resubmit%' order by line"))
        .containsExactly("3|SOFTWARE_VERSION|v2..1", "4|COLUMN_COUNT|4 columns");

    // What is rejected again can be sent again, under the first name.
    home.send("module.csv" + SENT);
    assertThat(home.inbox().getFileName()).hasToString("module.csv" + SENT);
    assertThat(Files.readString(home.inbox())).contains("exported_at;resubmitted;resubmitted\n");
  }

  @Test
  void aRowOverSeveralLinesIsTakenWhole() throws IOException {
    Path file = folder.resolve("lines.csv");
    home.takeOut("ecus.csv", "MODULE_UNKNOWN", file);
    assertThat(Files.readString(file))
        .endsWith(
            "\nWVWKP2BR3RW000001;FOO_ECU;\"S;\nN\";5Q0-1;H08;1.0.0;CAN;2026-11-20T22:00:00Z;"
                + NOW
                + "\n");
  }

  @Test
  void allRowsAreTakenOutForEditingAndLandOnceCorrected() throws IOException {
    home.take("edit.csv", faulty("edit").getBytes(UTF_8));
    Path edited = folder.resolve("corrected.csv");
    Resubmission.Result taken = home.takeOut("edit.csv", null, edited);
    assertThat(taken.leftOut()).isEmpty();
    assertThat(taken.files().get(0).rows()).isEqualTo(5);
    assertThat(home.jobs.home().inboxManufacturing()).isEmptyDirectory();
    String text =
        Files.readString(edited)
            .replace("FOO_ECU", "GATEWAY")
            .replace("v2..1", "2.0.1")
            .replace(
                "RADAR;SN;",
                ecu("RADAR", "SN", "1.0.0").replace(",SN,", ",").replace(',', ';') + ";")
            .replace("CAMERA;\"never closed;", "CAMERA;S;5Q0-1;H08;1.1.0;CAN;2026-11-20T22:00:00Z;")
            .replace("BCM", "CLUSTER");
    assertThat(home.take("corrected.csv", text.getBytes(UTF_8)))
        .isEqualTo("corrected.csv: 5 rows read, 5 accepted, 0 unchanged, 0 quarantined");
    assertThatThrownBy(() -> home.takeOut("edit.csv", null, edited))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(edited + ": found a file, expected a name that is free");
  }

  @Test
  void bytesThatCannotBeReadStayWhatTheyAre() throws IOException {
    String row = vehicle(OTHER_VIN).replace("Brevik", "Br\u00e9vik");
    home.take("latin.csv", (VEHICLES + "\n" + row + "\n").getBytes(ISO_8859_1));
    home.send("latin.csv");
    assertThat(home.inbox())
        .hasBinaryContent(
            (VEHICLES + ",resubmitted\n" + row + "," + NOW + "\n").getBytes(ISO_8859_1));
    assertThat(home.take(home.inbox()))
        .endsWith(": 1 rows read, 0 accepted, 0 unchanged, 1 quarantined");
  }

  @Test
  void anEncodingWithAMarkIsKept() throws IOException {
    String row = vehicle(OTHER_VIN).replace("PETROL", "D\u00e4mpf");
    home.take("wide.csv", (VEHICLES + "\n" + row + "\n").getBytes(UTF_16));
    home.send("wide.csv");
    assertThat(home.inbox())
        .hasBinaryContent(
            ("\uFEFF" + VEHICLES + ",resubmitted\n" + row + "," + NOW + "\n").getBytes(UTF_16BE));
  }

  @Test
  void anEcuWhoseVehicleHasComeSinceHasLandedAndIsNotSent() throws IOException {
    home.take("late.csv", (ECUS + "\n" + ecu(OTHER_VIN, "BCM", "1.8.0") + "\n").getBytes(UTF_8));
    assertThat(
            home.take(
                "latecomer.csv", (VEHICLES + "\n" + vehicle(OTHER_VIN) + "\n").getBytes(UTF_8)))
        .isEqualTo(
            "latecomer.csv: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined; ECUs taken"
                + " over that had waited for their vehicle: 1");
    assertThatThrownBy(() -> home.send("late.csv"))
        .isInstanceOf(ConvoyException.class)
        .hasMessageEndingWith(" late.csv: nothing to send: its rows have landed since");
  }

  @Test
  void rowsAreSentTwiceOnlyWhenAskedFor() {
    home.send("ecus.csv");
    String hash = home.input("ecus.csv").shortHash();
    assertThatThrownBy(() -> home.send("ecus.csv"))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            hash
                + " ecus.csv: sent on 2026-11-21T23:30:00.123456Z as inbox/manufacturing/"
                + "ecus.csv"
                + SENT
                + ", expected --again to send it once more");
    home.make("ecus.csv", new Resubmission.Request(null, null, true));
    assertThat(Rejections.files(home.jobs.home().inboxManufacturing()))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("ecus.csv.resubmit-20261121T233000Z-2.csv", "ecus.csv" + SENT);
    assertThat(
            home.jobs
                .sql()
                .rows(
                    "select act, subject, after from audit_log where act = 'QUARANTINE_SENT' and subject like '%-ecus.csv' order by seq"))
        .containsExactly(
            "QUARANTINE_SENT|" + hash + "-ecus.csv|3 rows to inbox/manufacturing/ecus.csv" + SENT,
            "QUARANTINE_SENT|"
                + hash
                + "-ecus.csv|3 rows to inbox/manufacturing/ecus.csv.resubmit-20261121T233000Z-2.csv");
  }

  @Test
  void nothingIsSentThatOnlyAPersonCanCorrectOrThatIsNotThere() {
    String name = home.input("ecus.csv").shortHash() + " ecus.csv: ";
    assertThatThrownBy(() -> home.make("ecus.csv", new Resubmission.Request("QUOTES", null, true)))
        .hasMessage(
            name
                + "nothing to send: a person has to correct the rows of [QUOTES], expected --to PATH");
    assertThatThrownBy(() -> home.make("ecus.csv", new Resubmission.Request("DATE", null, false)))
        .hasMessage(
            name
                + "found no rows of rule DATE, expected one of [COLUMN_COUNT, CONTROL_CHARACTER, DUPLICATE,"
                + " MODULE_UNKNOWN, QUOTES, SOFTWARE_VERSION]");
    assertThat(home.jobs.home().inboxManufacturing()).isEmptyDirectory();
  }

  @Test
  void anArchivedInputThatWasChangedIsNotTrusted() throws IOException {
    var again = new Resubmission.Request(null, null, true);
    QuarantinedInput input = home.input("ecus.csv");
    Path archived = folder.resolve("archive/manufacturing/" + input.shortHash() + "-ecus.csv");
    String original = Files.readString(archived);
    Files.writeString(archived, original.replace("FOO_ECU", "GATEWAY"));
    assertThatThrownBy(() -> home.make("ecus.csv", again))
        .isInstanceOf(ConvoyException.class)
        .hasMessageStartingWith(archived + ": found SHA-256 ")
        .hasMessageEndingWith(", expected " + input.sha256() + ": it was changed since it came");
    assertThat(home.jobs.home().inboxManufacturing()).isEmptyDirectory();
    Files.delete(archived);
    assertThatThrownBy(() -> home.make("ecus.csv", again))
        .hasMessageEndingWith(archived + ": found no such file, expected the input as it came");
    Files.writeString(archived, original);
  }
}

package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestVerifier;
import convoy.data.manifest.RootChain;
import convoy.readers.manifest.ShardReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as a new user runs it: every number in its story is exact. */
class DemoTest {
  @TempDir static Path folder;
  private static Path home;
  private static List<Path> reports;

  @BeforeAll
  static void tellTheStory() throws IOException {
    home = folder.resolve("home");
    assertThat(ConvoyCommand.run("demo", "--home", home.toString())).isZero();
    try (Stream<Path> entries = Files.list(home.resolve("reports"))) {
      reports = entries.sorted().toList();
    }
    assertThat(reports).hasSize(3);
  }

  @Test
  void everyInputRowIsAccountedFor() throws IOException {
    assertThat(lines(0, "files", "File", "Read", "Accepted", "Unchanged", "Quarantined"))
        .containsExactlyInAnyOrder(
            "puebla-export.xlsx 2801 2777 0 24",
            "shanghai-flat.csv 3155 3135 0 20",
            "wolfsburg-vehicles.csv 464 450 0 14",
            "wolfsburg-ecus.csv 4526 4511 0 15");
    for (int night = 0; night < 3; night++) {
      for (CSVRecord file : table(night, "files")) {
        assertThat(
                number(file, "Accepted") + number(file, "Unchanged") + number(file, "Quarantined"))
            .isEqualTo(number(file, "Read"));
      }
    }
    assertThat(home.resolve("inbox/manufacturing")).isEmptyDirectory();
    assertThat(home.resolve("inbox/status")).isEmptyDirectory();
  }

  @Test
  void eligibleAndIneligibleAreTheFleet() throws IOException {
    assertThat(lines(0, "eligibility", "Campaign", "Eligible", "Ineligible", "Fleet"))
        .containsExactly("brake-hold-2026-11 262 738 1000", "infotainment-2026-12 183 817 1000");
  }

  @Test
  void manifestsAreTheEligibleVehiclesOfTheReleasedWave() throws IOException {
    // Night 1: the first waves. The recall takes all of its 27; of the other's 25 none is among
    // them.
    assertThat(
            lines(
                0,
                "waves",
                "Campaign",
                "Wave",
                "State",
                "Vehicles",
                "Waiting for another campaign"))
        .containsExactly(
            "brake-hold-2026-11 1 RELEASED 27 0",
            "brake-hold-2026-11 2 PLANNED 105 0",
            "brake-hold-2026-11 3 PLANNED 130 0",
            "infotainment-2026-12 1 RELEASED 25 0",
            "infotainment-2026-12 2 PLANNED 55 0",
            "infotainment-2026-12 3 PLANNED 103 0");
    assertThat(lines(0, "campaigns", "Campaign", "In progress", "Waiting", "Planned"))
        .containsExactly("brake-hold-2026-11 27 0 235", "infotainment-2026-12 25 0 158");
    assertThat(manifests("brake-hold-2026-11", 1, 0)).hasSize(27);
    assertThat(manifests("infotainment-2026-12", 1, 0)).hasSize(25);
    // One of the second wave has an open manifest of the other campaign, which its own carries.
    assertThat(manifests("brake-hold-2026-11", 2, 0)).hasSize(104);
    assertThat(manifests("brake-hold-2026-11", 2, 1)).hasSize(1);
  }

  @Test
  void everyManifestVerifiesAndNoVehicleHasAVersionTwice() throws IOException {
    ManifestVerifier vehicle =
        new ManifestVerifier(RootChain.latest(home.resolve("outbox/director")));
    Set<String> versions = new HashSet<>();
    int manifests = 0;
    for (Path shard : shards()) {
      try (ShardReader reader = ShardReader.open(shard)) {
        for (ManifestBundle bundle : reader) {
          vehicle.verify(bundle.vin(), bundle, Instant.now(), null);
          assertThat(versions.add(bundle.vin() + "/" + bundle.version())).isTrue();
          manifests++;
        }
      }
    }
    assertThat(manifests).isEqualTo(353);
    for (Path shard : shards()) {
      assertThat(ConvoyCommand.run("manifest", "verify", shard.toString())).isZero();
    }
  }

  @Test
  void ecusWithACertificateGetTheirKeysAndOneThatCannotOpenItsPackageSaysSo(@TempDir Path other)
      throws IOException {
    List<String> certified = new ArrayList<>();
    Set<String> vins = new TreeSet<>();
    for (Path shard : shards()) {
      ManifestVerifier vehicle =
          new ManifestVerifier(RootChain.latest(home.resolve("outbox/director")));
      try (ShardReader reader = ShardReader.open(shard)) {
        for (ManifestBundle bundle : reader) {
          vehicle.verify(bundle.vin(), bundle, Instant.now(), null).all().stream()
              .filter(target -> target.keyPackage() != null)
              .forEach(
                  target -> {
                    certified.add(target.ecuSerial());
                    vins.add(bundle.vin());
                  });
        }
      }
    }
    String show = told("manifest", "show", vins.iterator().next(), "--home", home.toString());
    assertThat(show).containsPattern(", sha256 [0-9a-f]{64}, with its key for this ECU\n");
    assertThat(certified).hasSizeBetween(100, 346).allMatch(serial -> serial.charAt(3) == 'W');
    Path played = other.resolve("home");
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            played.resolve(home.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    // The plant has built in another ECU than its export says: this one has another's key.
    Path keys = played.resolve("simulator/ecu-keys");
    // One that is named once: a later manifest may carry what an earlier one says of it.
    String ecu =
        certified.stream()
            .filter(serial -> Collections.frequency(certified, serial) == 1)
            .reduce((one, next) -> next)
            .orElseThrow();
    Files.copy(
        keys.resolve(certified.get(0) + ".pem"),
        keys.resolve(ecu + ".pem"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(told("simulate", "--seed", "20261120", "--home", played.toString()))
        .contains("  %d key packages opened by their ECUs, ".formatted(certified.size() - 1))
        .containsPattern(
            "  refused by \\S+: version \\d+: ECU '"
                + ecu
                + "': key package: sealed for another certificate, expected number \\S+ of CN=\\S+: it"
                + " reports KEY_PACKAGE_REFUSED\n");
    StringBuilder reported = new StringBuilder();
    try (Stream<Path> logs = Files.list(played.resolve("inbox/status"))) {
      for (Path log : (Iterable<Path>) logs::iterator) {
        reported.append(Files.readString(log));
      }
    }
    assertThat(reported.toString()).contains("KEY_PACKAGE_REFUSED");
  }

  @Test
  void aPlayUpToAnEarlierTimeForgetsNothingThatWasPlayed() throws IOException {
    Path played = home.resolve("simulator/played-until");
    String until = Files.readString(played);
    assertThat(told("simulate", "--until", "2020-01-01T00:00:00Z", "--home", home.toString()))
        .contains("; 0 status events in 0 logs\n");
    assertThat(played).hasContent(until);
  }

  @Test
  void whatGoesBackBehindWhatVehiclesTookIsRefused(@TempDir Path other) throws IOException {
    Path shard = shards().get(0);
    Path later = home.resolve("outbox/director/campaign=infotainment-2026-12/wave=2");
    Path next;
    try (Stream<Path> files = Files.list(later)) {
      next = files.sorted().findFirst().orElseThrow();
    }
    assertThat(told("manifest", "verify", next.toString(), "--taken", shard.toString()))
        .contains(" manifests, each signed, ")
        .endsWith("\nnone goes back behind what 27 vehicles took before\n");
    assertThat(told("manifest", "verify", shard.toString(), "--after", "2"))
        .matches(
            "convoy: [A-Z0-9]{17}/timestamp.json: version 1 is older than version 2, which this vehicle has seen\n");
    assertThat(told("manifest", "verify", shard.toString(), "--after", "0"))
        .isEqualTo("convoy: --after: found 0, expected a version, 1 or more\n");
    assertThat(told("manifest", "verify", shard.toString(), "--taken", other.toString()))
        .isEqualTo(
            "convoy: --taken: %s: found no manifest, expected the folder of a vehicle, such as %s/7.targets.json\n"
                .formatted(other, other.getFileName()));
  }

  @Test
  void aManifestIsShownAsItsShardHasIt() throws IOException {
    Path shard = home.resolve("outbox/director/campaign=brake-hold-2026-11/wave=2/shard-00001.zip");
    String vin = manifests("brake-hold-2026-11", 2, 1).get(0);
    assertThat(told("manifest", "show", vin, "--version", "2", "--home", home.toString()))
        .startsWith(vin + " version 2: campaign brake-hold-2026-11, wave 2, attempt 1, issued ")
        .contains("\n  when        ")
        .containsPattern(
            "\n  ABS \\S+, hardware \\S+, from 2\\.0\\.\\S+ to 2\\.1\\.0: ABS\\.1\\.abs-2\\.1\\.0\\.bin, ")
        .contains("\n  carries campaign infotainment-2026-12, wave 1, attempt 1\n    owner ")
        .containsPattern("\n    GATEWAY \\S+, hardware \\S+, from 3\\.\\S+ to 3\\.3\\.0: ")
        .containsPattern("\n    INFOTAINMENT \\S+, hardware \\S+, from 5\\.\\S+ to 5\\.5\\.0: ")
        .contains("\n  in " + shard + "\n  the vehicle takes ");
  }

  /** The procedure of docs/keys.md for a key that someone else may have. */
  @Test
  void whatACompromisedKeyHasSignedIsRefused(@TempDir Path other) throws IOException {
    Path stolen = other.resolve("home");
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, stolen.resolve(home.relativize(file).toString()));
      }
    }
    String shard = stolen.resolve(home.relativize(shards().get(0)).toString()).toString();
    assertThat(told("manifest", "verify", shard))
        .endsWith(
            "manifests, each signed, for its own vehicle, and as the image repository says\n");
    assertThat(told("manifest", "verify", shard, "--image-repository", other + "/none"))
        .isEqualTo(
            "convoy: %s/none: found nothing there, expected the image repository\n"
                .formatted(other));
    assertTheStoreAloneShowsNothing(stolen, Path.of(shard));
    assertThat(
            told(
                "keys",
                "rotate",
                "director-targets",
                "--compromised",
                "--reason",
                "backup of the server lost",
                "--home",
                stolen.toString()))
        .contains("version 2 of the root of the Director is in effect\n");
    String refused =
        "convoy: [A-Z0-9]{17}/1.targets.json: signed by 0 keys of the targets role, expected 1:"
            + " key [0-9a-f]{12}… is not a key of the targets role\n";
    assertThat(told("manifest", "verify", shard)).matches(refused);
    String vin = manifests("brake-hold-2026-11", 1, 0).get(0);
    assertThat(told("manifest", "show", vin, "--version", "1", "--home", stolen.toString()))
        .matches(refused);
  }

  private static void assertTheStoreAloneShowsNothing(Path home, Path shard) throws IOException {
    String vin = manifests("brake-hold-2026-11", 1, 0).get(0);
    String[] show = {"manifest", "show", vin, "--version", "1", "--home", home.toString()};
    change(
        home,
        "insert into rollback values (99, 'brake-hold-2026-11', null, null, 'asked for by bob: fades', now())");
    change(home, "update manifest set rollback = 99 where version = 1 and vin = '" + vin + "'");
    assertThat(told(show)).contains("\n  takes the vehicle back: asked for by bob: fades\n  in ");
    change(home, "update manifest set state = 'PREPARED' where vin = '" + vin + "'");
    // It stands in the outbox: a run may have been killed before it recorded that.
    assertThat(told(show)).contains("\n  takes the vehicle back: asked for by bob: fades\n  in ");
    Path written = shard.resolveSibling("written");
    Files.move(shard, written);
    assertThat(told(show))
        .isEqualTo(
            "convoy: %s: found version 1, which is prepared for campaign brake-hold-2026-11 and not issued, expected one in the outbox: ./convoy explain %s says what comes next\n"
                .formatted(vin, vin));
    Files.move(written, shard);
    change(
        home,
        "update manifest set state = 'ISSUED', version = version + 10 where vin = '" + vin + "'");
    show[4] = "11";
    assertThat(told(show))
        .isEqualTo(
            "convoy: %s: found no version 11 of %s, expected it there, as the fleet store says\n"
                .formatted(shard, vin));
    Path aside = shard.resolveSibling("aside");
    Files.move(shard, aside);
    assertThat(told(show))
        .matches(
            "convoy: \\Q%s\\E: no such file, expected the shard with version 11 of %s, which was issued at \\S+Z\n"
                .formatted(shard, vin));
    Files.move(aside, shard);
    change(home, "update manifest set version = version - 10 where vin = '" + vin + "'");
  }

  private static void change(Path home, String sql) {
    try (Connection store =
            DriverManager.getConnection("jdbc:duckdb:" + home.resolve("store/fleet.duckdb"));
        Statement statement = store.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** What a command writes, wherever. */
  private static String told(String... command) {
    StringWriter out = new StringWriter();
    CommandLine line = ConvoyCommand.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    line.execute(command);
    return out.toString();
  }

  @Test
  void whatVehiclesReportedIsReconciled() throws IOException {
    assertThat(lines(1, "files", "Read", "Accepted", "Unchanged", "Quarantined"))
        .containsExactlyInAnyOrder("194 189 5 0", "173 167 6 0");
    assertThat(lines(2, "files", "Read", "Accepted", "Unchanged", "Quarantined"))
        .containsExactlyInAnyOrder("221 215 6 0", "299 296 3 0");
    assertThat(lines(2, "waves", "Campaign", "Wave", "State", "Gate says"))
        .containsExactly(
            "brake-hold-2026-11 1 SUCCEEDED ADVANCE: 24 of 27 vehicles installed (88.8 %), needed 80.0 %;"
                + " 1 failed, 0 silent",
            "brake-hold-2026-11 2 SUCCEEDED ADVANCE: 84 of 103 vehicles installed (81.5 %), needed 80.0 %;"
                + " 12 failed, 0 silent, 2 declined",
            "brake-hold-2026-11 3 RELEASED ",
            "infotainment-2026-12 1 SUCCEEDED ADVANCE: 23 of 24 vehicles installed (95.8 %), needed 90.0 %;"
                + " 1 failed, 0 silent, 1 declined",
            "infotainment-2026-12 2 RELEASED ",
            "infotainment-2026-12 3 PLANNED ");
  }

  @Test
  void theInventoryShowsTheNewVersionsAndFailedVehiclesWaitForARetry() throws IOException {
    long installed = 0;
    long retryDue = 0;
    long vehicles = 0;
    for (CSVRecord campaign : table(2, "campaigns")) {
      installed += number(campaign, "Installed");
      retryDue += number(campaign, "Retry due");
      vehicles += number(campaign, "Vehicles");
    }
    assertThat(vehicles).isEqualTo(262 + 183);
    assertThat(retryDue).isPositive();
    assertThat(
            table(2, "assignments").stream()
                .filter(a -> a.get("State").equals("INSTALLED"))
                .count())
        .isEqualTo(installed);
    assertThat(table(2, "assignments").stream().filter(a -> a.get("State").equals("RETRY_DUE")))
        .hasSize((int) retryDue)
        .allSatisfy(a -> assertThat(a.get("Waits for")).startsWith("a retry not before "));
    CSVRecord updated =
        table(2, "assignments").stream()
            .filter(
                a -> a.get("Campaign").startsWith("brake") && a.get("State").equals("INSTALLED"))
            .findFirst()
            .orElseThrow();
    assertThat(ConvoyCommand.run("vehicle", updated.get("VIN"), "--home", home.toString()))
        .isZero();
    assertThat(
            table(2, "versions").stream()
                .filter(
                    v -> v.get("Module").equals("ABS") && v.get("Software version").equals("2.1.0"))
                .mapToLong(v -> number(v, "Reported by the vehicle"))
                .sum())
        .isGreaterThanOrEqualTo(
            table(2, "assignments").stream()
                .filter(
                    a ->
                        a.get("Campaign").startsWith("brake") && a.get("State").equals("INSTALLED"))
                .count());
    assertThat(reports.get(2).resolve("convoy-report.xlsx")).isNotEmptyFile();
  }

  @Test
  void aVehicleIsExplainedWithItsManifestsAndReportsAndEveryFieldIsDocumented() throws IOException {
    CSVRecord updated =
        table(2, "assignments").stream()
            .filter(
                a -> a.get("Campaign").startsWith("brake") && a.get("State").equals("INSTALLED"))
            .findFirst()
            .orElseThrow();
    String vin = updated.get("VIN");

    List<String> lines = explain(vin).lines().toList();
    JsonNode json = JsonMapper.shared().readTree(explain(vin, "--json"));

    assertThat(lines).as("one screen").hasSizeLessThan(40);
    assertThat(json.get("manifests")).isNotEmpty();
    assertThat(json.get("events")).isNotEmpty();
    assertThat(lines.stream().filter(line -> line.startsWith("manifest ")))
        .hasSize(json.get("manifests").size())
        .anyMatch(
            line -> line.contains(" ISSUED ") && line.matches(".*: ABS 2\\.0\\.\\S+ to 2\\.1\\.0"));
    assertThat(lines.stream().filter(line -> line.startsWith("reported ")))
        .hasSize(Math.min(8, json.get("events").size()))
        .anyMatch(
            line ->
                line.contains("  ABS INSTALLED, version 2.1.0, brake-hold-2026-11 manifest 1 "));
    assertThat(lines)
        .anyMatch(line -> line.startsWith("  INSTALLED since "))
        .contains("  next: nothing: the update is installed");

    String page = Files.readString(Path.of("../docs/formats/explain.md"));
    Set<String> fields = new TreeSet<>();
    names(json, fields);
    assertThat(fields)
        .hasSizeGreaterThan(50)
        .allSatisfy(field -> assertThat(page).containsPattern("\\| [^|]*`" + field + "`[^|]* \\|"));
  }

  private static String explain(String... arguments) {
    StringWriter out = new StringWriter();
    List<String> command = new ArrayList<>(List.of("explain"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--home", home.toString()));
    CommandLine line = ConvoyCommand.commandLine();
    line.setOut(new PrintWriter(out));
    assertThat(line.execute(command.toArray(String[]::new))).isZero();
    return out.toString();
  }

  /** The names of all fields in the document. */
  private static void names(JsonNode node, Set<String> names) {
    node.properties().forEach(field -> names.add(field.getKey()));
    node.forEach(child -> names(child, names));
  }

  @Test
  void theAuditLogIsWhole() {
    assertThat(ConvoyCommand.run("audit", "verify", "--home", home.toString())).isZero();
  }

  private static List<Path> shards() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("outbox/director"))) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  private static List<String> manifests(String campaign, int wave, int shard) throws IOException {
    List<String> vins = new ArrayList<>();
    Path file =
        home.resolve(
            "outbox/director/campaign=%s/wave=%d/shard-%05d.zip".formatted(campaign, wave, shard));
    try (ShardReader reader = ShardReader.open(file)) {
      reader.forEach(bundle -> vins.add(bundle.vin()));
    }
    return vins;
  }

  private static List<String> lines(int night, String report, String... columns)
      throws IOException {
    return table(night, report).stream()
        .map(row -> String.join(" ", Stream.of(columns).map(row::get).toList()))
        .toList();
  }

  private static List<CSVRecord> table(int night, String report) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader in = Files.newBufferedReader(reports.get(night).resolve(report + ".csv"))) {
      return format.parse(in).getRecords();
    }
  }

  private static long number(CSVRecord row, String column) {
    return Long.parseLong(row.get(column));
  }
}

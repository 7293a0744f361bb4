package convoy.jobs.samples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleDataTest {
  private static final Path PUBLISHED = Path.of("..", "data", "samples");
  private static final Instant NIGHT = Instant.parse("2026-11-20T22:00:00Z");

  @TempDir Path dir;

  @Test
  void dataSamplesIsWhatTheGeneratorWrites() throws IOException {
    SampleData.writePublished(dir);

    List<String> files = files(dir);
    assertThat(files(PUBLISHED)).isEqualTo(files);
    for (String file : files) {
      assertThat(Files.size(dir.resolve(file))).as(file).isLessThan(1_000_000);
      if (Files.mismatch(dir.resolve(file), PUBLISHED.resolve(file)) >= 0) {
        // A workbook's bytes depend on the machine's zlib too; its cells do not.
        assertThat(file).endsWith(".xlsx");
        for (String sheet : List.of("Vehicles", "ECUs")) {
          assertThat(SampleFiles.sheet(dir.resolve(file), sheet))
              .isEqualTo(SampleFiles.sheet(PUBLISHED.resolve(file), sheet));
        }
      }
    }
  }

  @Test
  void theSameSpecGivesTheSameBytesInAnyTimeZone() throws IOException {
    SampleSpec spec = new SampleSpec(3, 60, 30, NIGHT);
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
      SampleData.write(dir.resolve("one"), spec);
      TimeZone.setDefault(TimeZone.getTimeZone("America/Mexico_City"));
      SampleData.write(dir.resolve("two"), spec);
    } finally {
      TimeZone.setDefault(before);
    }

    for (String file : files(dir.resolve("one"))) {
      assertThat(dir.resolve("one").resolve(file))
          .hasSameBinaryContentAs(dir.resolve("two").resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource({"20261120, 400, 73", "5, 200, 0", "6, 10, 400", "7, 123, 100"})
  void theTallyIsWhatAReaderOfTheFilesFinds(long seed, int vehicles, int badRows)
      throws IOException {
    SampleSpec spec = new SampleSpec(seed, vehicles, badRows, NIGHT);
    List<SampleTally> tallies = SampleData.write(dir, spec);

    assertThat(tallies).hasSize(5);
    assertThat(tallies.stream().mapToLong(SampleTally::badRows).sum()).isEqualTo(badRows);
    RowJudge judge = new RowJudge();
    for (int i = 0; i < tallies.size(); i++) {
      SampleTable table = List.of(SampleTable.values()).get(i);
      List<List<String>> rows = read(dir, spec, table);
      Map<String, Long> bad = new HashMap<>();
      for (List<String> row : rows.subList(1, rows.size())) {
        Set<String> rules = judge.rulesBrokenBy(row, table);
        assertThat(rules).as("%s: %s", table, row).hasSizeLessThan(2);
        rules.forEach(rule -> bad.merge(rule, 1L, Long::sum));
      }
      SampleTally tally = tallies.get(i);
      assertThat(tally.file()).isEqualTo(table.file(spec));
      assertThat(tally.sheet()).isEqualTo(table.sheet());
      assertThat(tally.rows()).isEqualTo(rows.size() - 1);
      assertThat(tally.goodRows() + tally.badRows()).isEqualTo(tally.rows());
      assertThat(bad).isEqualTo(tally.badRowsByRule());
    }
  }

  @Test
  void goodRowsAreTheFleet() {
    SampleSpec spec = new SampleSpec(4, 500, 250, NIGHT);
    List<SampleVehicle> fleet = SampleFleet.generate(spec).toList();
    List<SampleTally> tallies = SampleData.write(dir, spec);

    assertThat(tallies.get(0).goodRows()).isEqualTo(225);
    assertThat(tallies.get(2).goodRows()).isEqualTo(125);
    assertThat(Stream.of(1, 3, 4).mapToLong(i -> tallies.get(i).goodRows()).sum())
        .isEqualTo(fleet.stream().mapToLong(v -> v.ecus().size()).sum());
  }

  @Test
  void everyKindOfFaultIsInThePublishedSamples() throws IOException {
    Set<String> rules = new TreeSet<>();
    SampleData.write(dir, SampleData.PUBLISHED)
        .forEach(tally -> rules.addAll(tally.badRowsByRule().keySet()));

    assertThat(rules)
        .containsExactly(
            "COLUMN_COUNT",
            "DATE",
            "DATE_FUTURE",
            "DUPLICATE",
            "ECU_WITHOUT_VEHICLE",
            "ENCODING",
            "EXPORTED_AT",
            "MISSING_VALUE",
            "MODEL_YEAR",
            "MODULE_UNKNOWN",
            "POWERTRAIN",
            "PROTOCOL",
            "REGION",
            "SOFTWARE_VERSION",
            "VIN_CHECK_DIGIT",
            "VIN_SHAPE");
    assertThat(Files.readString(dir.resolve("wolfsburg-vehicles.csv"), ISO_8859_1))
        .contains("M\u00fcnchen")
        .containsPattern("\n wvw[0-9a-z]{14} ,");
    assertThat(Files.readString(dir.resolve("wolfsburg-ecus.csv"), ISO_8859_1))
        .contains(",\"CAL-0301, cold climate\",\n")
        .contains(",v2..1,")
        .contains(",N/A,")
        .contains(",FOO_ECU,");
  }

  @Test
  void eachPlantWritesItsOwnKindOfFile() throws IOException {
    SampleData.write(dir, new SampleSpec(1, 20, 0, NIGHT));

    assertThat(Files.readString(dir.resolve("wolfsburg-vehicles.csv")))
        .startsWith(
            "vin,model,model_year,powertrain,region,manufactured_on,exported_at,engine_number,"
                + "chassis_number\nWVW")
        .doesNotContain("\r");
    assertThat(Files.readString(dir.resolve("wolfsburg-ecus.csv")))
        .startsWith(
            "vin,module,serial,hardware_part,hardware_version,software_version,protocol,"
                + "exported_at,calibration,certificate\nWVW");
    String flat = Files.readString(dir.resolve("shanghai-flat.csv"), UTF_8);
    assertThat(flat)
        .startsWith(
            "\ufeffVIN;Model;Model Year;Powertrain;Region;Manufactured On;Engine Number;"
                + "Chassis Number;Module;Serial;Hardware Part;Hardware Version;Software Version;"
                + "Protocol;Exported At;Calibration\r\nLSV");
    assertThat(flat.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void theNextNightsFilesBearItsNumber() {
    SampleData.write(dir, new SampleSpec(1, 100, 10, NIGHT).nextNight());

    assertThat(files(dir))
        .containsExactly(
            "puebla-export-night-2.xlsx",
            "shanghai-flat-night-2.csv",
            "wolfsburg-ecus-night-2.csv",
            "wolfsburg-vehicles-night-2.csv");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(dir.resolve("taken"), "not a folder");
    Path target = file.resolve("wolfsburg-vehicles.csv");

    assertThatThrownBy(() -> SampleData.write(file, new SampleSpec(1, 20, 0, NIGHT)))
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessage(
            "sample data: cannot write %s (java.nio.file.FileAlreadyExistsException: %s):"
                + " expected a folder that can be written to",
            target, file);
  }

  @Test
  void updatesNameModulesHardwareAndImagesThatExist() throws IOException {
    SampleData.writeDefinitions(dir, 1);

    for (String name : List.of("abs-brake-hold", "infotainment-gateway")) {
      String update = Files.readString(dir.resolve("updates/" + name + ".yaml"));
      assertThat(find("(?m)^update: (\\S+)$", update)).containsExactly(name);
      for (String image : find("image: (\\S+)", update)) {
        assertThat(dir.resolve("updates").resolve(image)).isNotEmptyFile();
      }
      for (String module : find("module: (\\S+)", update)) {
        assertThat(SampleModule.valueOf(module).name()).isEqualTo(module);
      }
      for (String parts : find("hardware: \\[(.*)\\]", update)) {
        List<String> known =
            Stream.of(SampleModule.values())
                .flatMap(m -> m.hardware().stream().map(SampleModule.Hardware::part))
                .toList();
        assertThat(known).contains(parts.split(", ", -1));
      }
    }
  }

  @Test
  void campaignsNameTheUpdatesAndTheirVersions() throws IOException {
    SampleData.writeDefinitions(dir, 1);

    for (String name : List.of("brake-hold-2026-11", "infotainment-2026-12")) {
      String campaign = Files.readString(dir.resolve("campaigns/" + name + ".yaml"));
      assertThat(find("(?m)^campaign: (\\S+)$", campaign)).containsExactly(name);
      String[] update = find("(?m)^update: (.+)$", campaign).get(0).split(" ", -1);
      assertThat(Files.readString(dir.resolve("updates/" + update[0] + ".yaml")))
          .contains("\nversion: " + update[1] + "\n");
    }
  }

  @Test
  void anotherSeedGivesOtherImagesOfTheSameSize() throws IOException {
    SampleData.writeDefinitions(dir.resolve("one"), 1);
    SampleData.writeDefinitions(dir.resolve("two"), 2);
    Path image = Path.of("updates", "images", "abs-2.1.0.bin");

    byte[] one = Files.readAllBytes(dir.resolve("one").resolve(image));
    byte[] two = Files.readAllBytes(dir.resolve("two").resolve(image));
    assertThat(one).hasSize(16_384).hasSameSizeAs(two).isNotEqualTo(two);
    assertThat(new String(one, 0, 45, UTF_8))
        .isEqualTo("Convoy sample image, not software: ABS 2.1.0\n");
  }

  private static List<List<String>> read(Path dir, SampleSpec spec, SampleTable table)
      throws IOException {
    Path file = dir.resolve(table.file(spec));
    String sheet = table.sheet();
    if (sheet != null) {
      return SampleFiles.sheet(file, sheet);
    }
    return SampleFiles.csv(file, table == SampleTable.SHANGHAI_FLAT ? ';' : ',');
  }

  private static List<String> find(String pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static List<String> files(Path dir) {
    try (Stream<Path> walk = Files.walk(dir)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> dir.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package convoy.jobs.story;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.vehicle.Vin;
import convoy.jobs.JobHarness;
import convoy.jobs.PlantExports;
import convoy.jobs.TestHome;
import convoy.jobs.auditinventory.AuditInventoryJobConfiguration;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.publishreports.PublishReportsJobConfiguration;
import convoy.jobs.reconcilestatus.ReadStatusLogJobConfiguration;
import convoy.jobs.reconcilestatus.ReconcileStatusJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.simulate.FleetSimulator;
import convoy.jobs.simulate.Simulators;
import convoy.jobs.verifyimages.VerifyImagesJobConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * 400 vehicles and two campaigns, written as docs/story.md tells: 300 vehicles fit the recall, 250
 * the maps, and 150 of them both.
 */
final class StoryHome implements AutoCloseable {
  static final String RECALL = "recall";
  static final String MAPS = "maps";
  private static final String EXPORTED_AT = "2026-11-20T22:00:00Z";
  private static final long SEED = 30;
  private static final Duration A_DAY = Duration.ofDays(1);

  final JobHarness jobs;
  private final Map<String, String> exports;
  private int nights;
  private Instant played = JobHarness.NOW;

  StoryHome(Path folder) throws IOException {
    jobs = new JobHarness(TestHome.install(folder.resolve("home"), ""));
    exports = fleet();
    export("night-0");
    TestHome.write(jobs.home().root(), definitions());
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
    TestHome.approve(jobs, RECALL, "bob");
    TestHome.approve(jobs, MAPS, "bob");
  }

  /**
   * Aldera has a brake controller alone, Brevik all three ECUs, Corvena gateway and infotainment.
   */
  private static Map<String, String> fleet() {
    StringBuilder vehicles = new StringBuilder(PlantExports.VEHICLES + "\n");
    StringBuilder ecus = new StringBuilder(PlantExports.ECUS + "\n");
    for (int n = 0; n < 400; n++) {
      String vin = Vin.withCheckDigit("WVWKP2BR0RW%06d".formatted(n + 1));
      String model = n < 150 ? "Aldera" : n < 300 ? "Brevik" : "Corvena";
      vehicles.append(
          PlantExports.vehicle(vin, model, n % 2 == 0 ? "DE" : "FR", EXPORTED_AT) + "\n");
      if (n < 300) {
        ecus.append(ecu(vin, "ABS", "A-1", "2.0.3"));
      }
      if (n >= 150) {
        ecus.append(ecu(vin, "GATEWAY", n % 4 == 0 ? "G-2" : "G-1", "3.2.1"));
        ecus.append(ecu(vin, "INFOTAINMENT", "I-1", "5.4.2"));
      }
    }
    return Map.of("a-vehicles", vehicles.toString(), "b-ecus", ecus.toString());
  }

  /** The plant exports its whole fleet each night; but for the name of the file, nothing is new. */
  private void export(String run) throws IOException {
    for (Map.Entry<String, String> file : new TreeMap<>(exports).entrySet()) {
      Path path = jobs.home().inboxManufacturing().resolve(file.getKey() + "-" + run + ".csv");
      // The last line is blank, and longer each night: the same bytes again would be passed over.
      Files.writeString(path, file.getValue() + " ".repeat(nights++) + "\n");
      assertThat(
              JobHarness.summary(
                  JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, path, run))))
          .contains(" 0 quarantined");
    }
  }

  private static String ecu(String vin, String module, String part, String version) {
    return PlantExports.ecu(vin, module, part, version, EXPORTED_AT) + "\n";
  }

  private static Map<String, String> definitions() {
    return Map.of(
        "updates/a-base.yaml",
            """
            update: base
            version: 1.0.0
            title: What came from the factory
            category: BUG_FIX
            targets:
              - { module: GATEWAY, from: "<3.2.1", to: 3.2.1, image: g-3.2.1.bin }
              - { module: INFOTAINMENT, from: "<5.4.2", to: 5.4.2, image: i-5.4.2.bin }
            """,
        "updates/b-brakes.yaml",
            """
            update: brakes
            version: 2.1.0
            title: Brake hold
            category: SAFETY_RECALL
            targets:
              - { module: ABS, from: 2.0.x, to: 2.1.0, image: abs-2.1.0.bin }
            """,
        "updates/c-maps.yaml",
            """
            update: maps
            version: 1.0.0
            title: Maps
            category: FEATURE
            targets:
              - { module: GATEWAY, from: "<3.3.0", to: 3.3.0, image: g-3.3.0.bin }
              - { module: INFOTAINMENT, from: "<5.5.0", to: 5.5.0, image: i-5.5.0.bin }
            groups:
              - [GATEWAY, INFOTAINMENT]
            """,
        "updates/abs-2.1.0.bin", "abs 2.1.0",
        "updates/g-3.2.1.bin", "gateway 3.2.1",
        "updates/g-3.3.0.bin", "gateway 3.3.0",
        "updates/i-5.4.2.bin", "infotainment 5.4.2",
        "updates/i-5.5.0.bin", "infotainment 5.5.0",
        "campaigns/recall.yaml",
            """
            campaign: recall
            title: Brake hold
            update: brakes 2.1.0
            author: alice
            urgency: IMMEDIATE
            priority: 90
            waves:
              - { name: first, share: 10% }
              - { name: half, share: 40% }
              - { name: all, share: rest }
            gate:
              success: 80%
              pause-on-failure: 20%
              abort-on-failure: 40%
              minimum-reports: 10
              silent-after: P5D
              soak: P1D
            retry: { attempts: 3, backoff: PT24H }
            consent: { mode: FORCED }
            """,
        "campaigns/maps.yaml",
            """
            campaign: maps
            title: Maps
            update: maps 1.0.0
            author: alice
            urgency: SCHEDULED
            priority: 40
            waves:
              - { name: canary, share: 8% }
              - { name: early, share: 32% }
              - { name: all, share: rest }
            gate:
              success: 80%
              pause-on-failure: 15%
              abort-on-failure: 50%
              minimum-reports: 10
              silent-after: P7D
              soak: P2D
              by: [hardware]
            retry: { attempts: 2, backoff: PT24H }
            rollback: { when: FAILED_FOR_GOOD }
            """);
  }

  /** The vehicles' day after a night, up to the evening before the next one. */
  void day(String rules) throws IOException {
    Instant evening = jobs.clock().instant().plus(Duration.ofHours(23));
    FleetSimulator.Played day =
        Simulators.usual(jobs, SEED, rules).play(jobs.home().inboxStatus(), played, evening);
    assertThat(day.refused()).isEmpty();
    played = evening;
    jobs.clock().forward(A_DAY);
  }

  /** What a nightly run does; gives what the jobs from reconciling to issuing said. */
  List<String> night(int night) throws IOException {
    String run = "night-" + night;
    List<String> said = new ArrayList<>();
    export(run);
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, run);
    jobs.summary(VerifyImagesJobConfiguration.JOB, run);
    for (Path log : TestHome.files(jobs.home().inboxStatus())) {
      JobHarness.completed(
          jobs.take(
              ReadStatusLogJobConfiguration.JOB, jobs.home().inboxStatus().resolve(log), run));
    }
    jobs.summary(AuditInventoryJobConfiguration.JOB, run);
    for (String job :
        List.of(
            ReconcileStatusJobConfiguration.JOB,
            MatchEligibilityJobConfiguration.JOB,
            PlanWavesJobConfiguration.JOB,
            IssueManifestsJobConfiguration.JOB)) {
      said.addAll(jobs.summary(job, run).lines().toList());
    }
    jobs.summary(PublishReportsJobConfiguration.JOB, run);
    return said;
  }

  /** A table of a night's report. */
  List<CSVRecord> report(int night, String table) throws IOException {
    try (Reader file =
            Files.newBufferedReader(
                jobs.home().reports().resolve("night-" + night).resolve(table + ".csv"));
        CSVParser rows = CSVFormat.RFC4180.builder().setHeader().get().parse(file)) {
      return rows.getRecords();
    }
  }

  /** The same table in the night's workbook, as Excel shows it: these columns of each row. */
  List<List<String>> sheet(int night, String table, List<String> columns) throws IOException {
    Path file =
        jobs.home()
            .reports()
            .resolve("night-" + night)
            .resolve(PublishReportsJobConfiguration.WORKBOOK);
    try (InputStream in = Files.newInputStream(file);
        XSSFWorkbook workbook = new XSSFWorkbook(in)) {
      DataFormatter format = new DataFormatter(Locale.ROOT);
      List<List<String>> rows = new ArrayList<>();
      for (Row row : workbook.getSheet(table)) {
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(format.formatCellValue(cell)));
        rows.add(cells);
      }
      List<Integer> places = columns.stream().map(rows.get(0)::indexOf).toList();
      return rows.stream().skip(1).map(row -> places.stream().map(row::get).toList()).toList();
    }
  }

  /** A person takes vehicles back, as the command does; the next night issues their manifests. */
  String rollBack(String campaign, WithdrawnVehicles vehicles, String reason) {
    return carryOut(ControlAct.ROLLBACK, campaign, vehicles, reason);
  }

  /** A person takes manifests back. */
  String withdraw(String campaign, WithdrawnVehicles vehicles, String reason) {
    return carryOut(ControlAct.WITHDRAW, campaign, vehicles, reason);
  }

  private String carryOut(
      ControlAct act, String campaign, WithdrawnVehicles vehicles, String reason) {
    jobs.clock().forward(Duration.ofSeconds(1));
    return jobs.carryOut(jobs.takingBack(act, "bob", campaign, vehicles, reason));
  }

  @Override
  public void close() {
    jobs.close();
  }
}

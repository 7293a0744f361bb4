package convoy.jobs.publishreports;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.accuracy.InventoryCheck;
import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.auditinventory.AuditInventoryJobConfiguration;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.reconcilestatus.ReadStatusLogJobConfiguration;
import convoy.jobs.reconcilestatus.ReconcileStatusJobConfiguration;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import convoy.jobs.simulate.FleetSimulator;
import convoy.jobs.simulate.Simulators;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reports of a night in which a simulated fleet reported: their sums are those of the store.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishReportsJobTest {
  private final JobHarness jobs;
  private final Path reports;
  private final String said;

  PublishReportsJobTest(@TempDir Path folder) throws IOException {
    SampleData.write(
        folder.resolve("exports"), new SampleSpec(7, 120, 40, SampleData.PUBLISHED.exportedAt()));
    jobs = new JobHarness(TestHome.install(folder.resolve("home"), ""));
    TestHome.fill(jobs, folder.resolve("exports"));
    jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-0");
    TestHome.approve(jobs, BRAKES, "bob");
    TestHome.approve(jobs, MEDIA, "alice");
    jobs.summary(PlanWavesJobConfiguration.JOB, "night-0");
    jobs.summary(IssueManifestsJobConfiguration.JOB, "night-0");
    for (Path log : simulate()) {
      JobHarness.completed(jobs.take(ReadStatusLogJobConfiguration.JOB, log, "night-0"));
    }
    jobs.clock().forward(Duration.ofDays(1));
    jobs.summary(AuditInventoryJobConfiguration.JOB, "night-0");
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "night-0");
    said = jobs.summary(PublishReportsJobConfiguration.JOB, "night-0");
    reports = jobs.home().reports().resolve("night-0");
  }

  private List<Path> simulate() throws IOException {
    FleetSimulator.Played played = play("rules: []", jobs.home().inboxStatus());
    assertThat(played.refused()).isEmpty();
    return played.logs();
  }

  private FleetSimulator.Played play(String rules, Path inbox) throws IOException {
    return Simulators.usual(jobs, 7, rules)
        .play(inbox, JobHarness.NOW, JobHarness.NOW.plus(Duration.ofHours(20)));
  }

  @Test
  void aPlayThatIsRepeatedHasTheSameBytesAndDoesWhatItsRulesSay(@TempDir Path again)
      throws IOException {
    String rules =
        """
        rules:
          - { campaign: [%s], fail: 100%%, error: [POWER_LOSS] }
          - { wave: [9], silent: 100%% }
        """
            .formatted(BRAKES);
    List<Path> first = play(rules, Files.createDirectories(again.resolve("a"))).logs();
    FleetSimulator.Played second = play(rules, Files.createDirectories(again.resolve("b")));
    assertThat(second.logs()).hasSameSizeAs(first).isNotEmpty();
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.logs().get(i)).hasSameBinaryContentAs(first.get(i));
    }
    int brakes = (int) count("count(*) from manifest where campaign = '" + BRAKES + "'");
    assertThat(second.outcomes().get(1)).isEqualTo(Map.of("POWER_LOSS", brakes));
    assertThat(second.outcomes().get(2)).isEmpty();
  }

  @AfterAll
  void stop() {
    jobs.close();
  }

  @Test
  void aWorkbookAndSixteenCsvFilesStandInTheRunsFolder() throws IOException {
    assertThat(said).isEqualTo("convoy-report.xlsx and 16 CSV files in " + reports);
    try (Stream<Path> files = Files.list(reports)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactly(
              "accuracy.csv",
              "alerts.csv",
              "assignments.csv",
              "campaigns.csv",
              "causes.csv",
              "convoy-report.xlsx",
              "eligibility.csv",
              "failures.csv",
              "files.csv",
              "findings.csv",
              "ineligibility.csv",
              "keys.csv",
              "quarantine.csv",
              "reasons.csv",
              "versions.csv",
              "waves.csv",
              "workshop.csv");
    }
  }

  @Test
  void theStatesOfACampaignAddUpToItsVehiclesAndAreThoseOfTheStore() throws IOException {
    List<CSVRecord> campaigns = csv("campaigns");
    assertThat(campaigns).extracting(row -> row.get("Campaign")).containsExactly(BRAKES, MEDIA);
    for (CSVRecord row : campaigns) {
      long sum =
          Stream.of(
                  "Installed",
                  "Downloaded",
                  "In progress",
                  "Retry due",
                  "Failed",
                  "Going back",
                  "Rolled back",
                  "Service required",
                  "Silent",
                  "Declined",
                  "Waiting",
                  "Planned",
                  "Dropped")
              .mapToLong(column -> number(row, column))
              .sum();
      String of = " from assignment where campaign = '" + row.get("Campaign") + "'";
      assertThat(sum).isEqualTo(number(row, "Vehicles")).isEqualTo(count("count(*)" + of));
      assertThat(number(row, "Installed"))
          .isPositive()
          .isEqualTo(count("count(*) filter (state = 'INSTALLED')" + of));
      assertThat(number(row, "Retry due"))
          .isEqualTo(count("count(*) filter (state = 'RETRY_DUE')" + of));
    }
  }

  @Test
  void everyRowOfEveryFileIsAccountedFor() throws IOException {
    List<CSVRecord> files = csv("files");
    assertThat(files).hasSize(6);
    for (CSVRecord row : files) {
      assertThat(number(row, "Accepted") + number(row, "Unchanged") + number(row, "Quarantined"))
          .as(row.get("File"))
          .isPositive()
          .isEqualTo(number(row, "Read"));
    }
    assertThat(sum("files", "Quarantined"))
        .isEqualTo(40)
        .isEqualTo(count("count(distinct (sha256, row_no)) from quarantine"));
  }

  @Test
  void eligibleAndIneligibleAreTheFleetAndTheEligibleArePlanned() throws IOException {
    long fleet = count("count(*) from vehicle");
    for (CSVRecord row : csv("eligibility")) {
      assertThat(number(row, "Eligible") + number(row, "Ineligible")).isEqualTo(fleet);
      assertThat(number(row, "Eligible"))
          .isEqualTo(
              count("count(*) from assignment where campaign = '" + row.get("Campaign") + "'"));
    }
  }

  @Test
  void failuresAndVersionsCountEachVehicleAndEcuOnce() throws IOException {
    assertThat(sum("failures", "Vehicles"))
        .isPositive()
        .isEqualTo(sum("causes", "Retry due") + sum("causes", "Final"))
        .isEqualTo(sum("campaigns", "Retry due") + sum("campaigns", "Failed"));
    assertThat(sum("versions", "ECUs")).isEqualTo(count("count(*) from ecu"));
    assertThat(sum("waves", "Vehicles")).isEqualTo(sum("campaigns", "Vehicles"));
    assertThat(csv("assignments")).hasSize((int) count("count(*) from assignment"));
  }

  @Test
  void everyCheckOfTheInventoryLookedAtTheWholeFleetAndFoundNothingInASoundOne()
      throws IOException {
    List<String> sizes =
        List.of(
            String.valueOf(count("count(*) from vehicle")),
            String.valueOf(count("count(*) from ecu")));
    assertThat(csv("accuracy"))
        .hasSize(InventoryCheck.values().length)
        .allSatisfy(row -> assertThat(row.get("Rows checked")).isIn(sizes))
        .allSatisfy(row -> assertThat(row.get("Run before")).isEmpty());
    assertThat(sum("accuracy", "Findings")).isZero();
    assertThat(csv("findings")).isEmpty();
  }

  @Test
  void rootsKeysAndTheListOfImagesAreListedWithTheirEnds() throws IOException {
    assertThat(csv("keys"))
        .extracting(
            row ->
                String.join(
                    "|",
                    row.get("Repository"),
                    row.get("What"),
                    row.get("Role"),
                    row.get("State"),
                    row.get("Ends"),
                    row.get("Days left"),
                    row.get("Warning")))
        .containsExactly(
            "the Director|root, version 1|director-root|holds|2036-11-18T02:30:00+01:00|3650|",
            "the Director|key|director-root|signs, in the home|||",
            "the Director|key|director-targets|signs, in the home|2028-11-20T02:30:00+01:00|730|",
            "the Director|key|director-snapshot|signs, in the home|2028-11-20T02:30:00+01:00|730|",
            "the Director|key|director-timestamp|signs, in the home|2028-11-20T02:30:00+01:00|730|",
            "the image repository|root, version 1|image-root|holds|2036-11-18T02:30:00+01:00|3650|",
            "the image repository|key|image-root|signs, in the home|||",
            "the image repository|key|image-targets|signs, in the home|2028-11-20T02:30:00+01:00|730|",
            "the image repository|key|image-snapshot|signs, in the home|2028-11-20T02:30:00+01:00|730|",
            "the image repository|key|image-timestamp|signs, in the home|2028-11-20T02:30:00+01:00|730|",
            "the image repository|list of images, version 1|image-targets|holds|2027-11-21T02:30:00+01:00|365|");
    assertThat(csv("keys"))
        .filteredOn(row -> row.get("What").equals("key"))
        .hasSize(8)
        .allSatisfy(row -> assertThat(row.get("Key")).matches("[0-9a-f]{12}…"));
  }

  @Test
  void theWorkbookHasASheetForEachTableWithAsManyRows() throws IOException {
    try (XSSFWorkbook workbook =
        new XSSFWorkbook(Files.newInputStream(reports.resolve("convoy-report.xlsx")))) {
      assertThat(workbook.getNumberOfSheets()).isEqualTo(17);
      assertThat(workbook.getSheetAt(0).getDrawingPatriarch().getCharts()).hasSize(4);
      // The summary stands before the tables, which are in the order of the catalogue.
      Map<String, Integer> sheets =
          Map.of("campaigns", 1, "assignments", 9, "files", 11, "keys", 16);
      for (var sheet : sheets.entrySet()) {
        assertThat(workbook.getSheetAt(sheet.getValue()).getLastRowNum())
            .as(sheet.getKey())
            .isEqualTo(csv(sheet.getKey()).size());
      }
    }
  }

  private List<CSVRecord> csv(String table) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(reports.resolve(table + ".csv"));
        CSVParser parser = format.parse(reader)) {
      return parser.getRecords();
    }
  }

  private long sum(String table, String column) throws IOException {
    return csv(table).stream().mapToLong(row -> number(row, column)).sum();
  }

  private static long number(CSVRecord row, String column) {
    return Long.parseLong(row.get(column));
  }

  private long count(String what) {
    return Long.parseLong(jobs.sql().rows("select " + what).get(0));
  }
}

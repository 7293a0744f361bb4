package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.CampaignStatus;
import convoy.data.duckdb.CampaignStatuses;
import convoy.data.duckdb.VehicleHistory;
import convoy.data.eligibility.Standing;
import convoy.data.manifest.ManifestPart;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.PlantExports;
import convoy.jobs.TestHome;
import convoy.jobs.TestOperators;
import convoy.jobs.control.RequestFolder;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.publishoutbox.DeliveryPlan;
import convoy.jobs.publishoutbox.PublishOutboxJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.simulate.FleetSimulator;
import convoy.jobs.simulate.Simulators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two campaigns that change other ECUs of the same four vehicles: the brakes, which go first, and
 * gateway with infotainment. Both are planned in one night.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoCampaignsTest {
  private static final Instant NOW = JobHarness.NOW;
  private static final List<String> VINS =
      List.of("WVWKP2BR3RW000001", "WVWKP2BR5RW000002", "WVWKP2BR7RW000003", "WVWKP2BR9RW000004");
  private static final String MEDIA = "GATEWAY 3.3.0, INFOTAINMENT 5.5.0";

  private static final String BASE =
      """
      update: base
      version: 1.0.0
      title: What came from the factory
      category: BUG_FIX
      targets:
        - { module: ABS, from: "<2.0.3", to: 2.0.3, image: images/abs-2.0.3.bin }
      """;
  private static final String UPDATE =
      """
      update: %s
      version: 1.0.0
      title: T
      category: BUG_FIX
      targets:
      """;
  private static final String CAMPAIGN =
      """
      campaign: %1$s
      title: T
      update: %1$s 1.0.0
      author: alice
      urgency: SCHEDULED
      priority: %2$d
      waves:
        - { name: all, share: rest }
      gate:
        success: 100%%
        pause-on-failure: 98%%
        abort-on-failure: 99%%
        minimum-reports: 4
        silent-after: P7D
      retry:
        attempts: 2
        backoff: PT1H
      """;

  private Path planned = Path.of("");
  private JobHarness jobs;

  @BeforeAll
  void plan(@TempDir Path folder) throws IOException {
    planned = folder.resolve("planned");
    jobs = new JobHarness(TestHome.install(planned, "manifests:\n  chunk-vehicles: 2\n"));
    Map<String, String> files = new TreeMap<>();
    for (String image : List.of("abs-2.0.3", "abs-2.1.0", "gateway-3.3.0", "media-5.5.0")) {
      files.put("updates/images/" + image + ".bin", "image " + image);
    }
    files.put("updates/a-base.yaml", BASE);
    files.put(
        "updates/brakes.yaml",
        UPDATE.formatted("brakes")
            + "  - { module: ABS, from: \"<2.1.0\", to: 2.1.0, image: images/abs-2.1.0.bin }\n");
    files.put(
        "updates/media.yaml",
        UPDATE.formatted("media")
            + """
              - { module: GATEWAY, from: "<3.3.0", to: 3.3.0, image: images/gateway-3.3.0.bin }
              - { module: INFOTAINMENT, from: "<5.5.0", to: 5.5.0, image: images/media-5.5.0.bin }
            preconditions: { battery: 50% }
            """);
    files.put("campaigns/brakes.yaml", CAMPAIGN.formatted("brakes", 90));
    files.put("campaigns/media.yaml", CAMPAIGN.formatted("media", 50));
    TestHome.write(planned, files);
    RunningCampaign.export(
        jobs,
        "vehicles.csv",
        PlantExports.VEHICLES,
        VINS.stream()
            .map(vin -> PlantExports.vehicle(vin, "Brevik", "DE", "2026-11-20T22:00:00Z"))
            .toList());
    RunningCampaign.export(
        jobs,
        "ecus.csv",
        PlantExports.ECUS,
        VINS.stream()
            .flatMap(
                vin ->
                    Stream.of("ABS 2.0.3", "GATEWAY 3.2.1", "INFOTAINMENT 5.4.2")
                        .map(ecu -> ecu.split(" ", -1))
                        .map(
                            ecu ->
                                PlantExports.ecu(
                                    vin, ecu[0], "5Q0-1", ecu[1], "2026-11-20T22:00:00Z")))
            .toList());
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
    TestHome.approve(jobs, "brakes", "bob");
    TestHome.approve(jobs, "media", "bob");
    jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-0");
    jobs.summary(PlanWavesJobConfiguration.JOB, "night-0");
    jobs.close();
  }

  @BeforeEach
  void start(@TempDir Path folder) {
    jobs = new JobHarness(TestHome.copy(planned, folder.resolve("home")));
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  /** Issues, a day after the last time. */
  private String issue(String run) {
    return issue(run, null);
  }

  /** Issues one campaign alone. */
  private String issue(String run, @Nullable String campaign) {
    String said =
        JobHarness.summary(
            JobHarness.completed(
                jobs.run(
                    IssueManifestsJobConfiguration.JOB,
                    new RunParameters(run, campaign).toJobParameters())));
    jobs.clock().forward(Duration.ofDays(1));
    return said;
  }

  /** Brakes in the first night, and the other one in the second, which carries them. */
  private void issueBoth() {
    assertThat(issue("night-1", "brakes")).isEqualTo("brakes: 4 manifests to issue");
    assertThat(issue("night-2"))
        .isEqualTo("brakes: 0 manifests to issue\nmedia: 4 manifests to issue");
  }

  private void report(String name, StatusEvent... events) {
    RunningCampaign.report(jobs, name, List.of(events));
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "run " + name);
  }

  private static StatusEvent event(
      int vehicle,
      String campaign,
      long version,
      int attempt,
      String module,
      String reported,
      @Nullable String error) {
    return new StatusEvent(
        "e-%d-%s-%d-%s".formatted(vehicle, module, version, error),
        NOW.plus(Duration.ofHours(24 * (version - 1) + 10)),
        VINS.get(vehicle),
        module,
        campaign,
        version,
        attempt,
        error == null ? ReportedState.INSTALLED : ReportedState.FAILED,
        reported,
        error,
        null);
  }

  private static StatusEvent[] mediaInstalled(int vehicle, long version, int attempt) {
    return new StatusEvent[] {
      event(vehicle, "media", version, attempt, "GATEWAY", "3.3.0", null),
      event(vehicle, "media", version, attempt, "INFOTAINMENT", "5.5.0", null)
    };
  }

  private static StatusEvent brakesInstalled(int vehicle, long version, int attempt) {
    return event(vehicle, "brakes", version, attempt, "ABS", "2.1.0", null);
  }

  private List<String> states() {
    return jobs.sql()
        .rows(
            "select right(vin, 1) || ' ' || string_agg(campaign || ' ' || state, ', ' order by"
                + " campaign) from assignment where campaign <> 'later' group by vin order by vin");
  }

  private static WithdrawnVehicles only(int vehicle) {
    return new WithdrawnVehicles(null, List.of(VINS.get(vehicle)));
  }

  /** What each vehicle's manifests say, from that version on. */
  private List<String> manifests(long fromVersion) {
    return Outbox.manifests(jobs.home().outbox(), jobs.clock().instant()).stream()
        .filter(m -> m.version() >= fromVersion)
        .map(TwoCampaignsTest::line)
        .sorted()
        .toList();
  }

  private static String line(VerifiedManifest manifest) {
    List<String> parts = new ArrayList<>();
    if (manifest.targets().isEmpty()) {
      parts.add("takes back " + manifest.campaign());
    }
    for (ManifestPart part : manifest.parts()) {
      parts.add(
          "%s/%d: %s"
              .formatted(
                  part.campaign(),
                  part.attempt(),
                  part.targets().stream()
                      .map(t -> t.image().module() + " " + t.image().version())
                      .collect(Collectors.joining(", "))));
    }
    return "%s v%d %s"
        .formatted(manifest.vin().substring(16), manifest.version(), String.join(" + ", parts));
  }

  /**
   * Its failure let the gateway's own campaign go first; the manifests of both name the gateway.
   */
  @Test
  @Tag("long")
  void whatComesUnderWayAgainLateIsNotGivenAnewWhereANewerManifestHasItsEcu() throws IOException {
    issueBoth();
    report("failed.csv", event(0, "media", 2, 1, "INFOTAINMENT", "5.4.2", "FLASH_FAILED"));
    TestHome.write(
        jobs.home().root(),
        Map.of(
            "updates/images/gateway-3.4.0.bin",
            "image gateway-3.4.0",
            "updates/gateway.yaml",
            UPDATE.formatted("gateway")
                + "  - { module: GATEWAY, from: \"<3.4.0\", to: 3.4.0, image: images/gateway-3.4.0.bin }\n",
            "campaigns/gateway.yaml",
            CAMPAIGN.formatted("gateway", 95)));
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-3");
    TestHome.approve(jobs, "gateway", "bob");
    jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-3");
    jobs.summary(PlanWavesJobConfiguration.JOB, "night-3");
    issue("night-3");
    report("late.csv", event(0, "media", 2, 1, "INFOTAINMENT", "5.5.0", null));
    assertThat(
            jobs.sql()
                .rows(
                    "select campaign, state, manifest_version from assignment where vin = '%s' order by campaign"
                        .formatted(VINS.get(0))))
        .containsExactly("brakes|ISSUED|1", "gateway|ISSUED|3", "media|IN_PROGRESS|2");

    issue("night-4");
    assertThat(
            jobs.sql()
                .rows(
                    "select version, campaign, state from manifest where vin = '%s' order by version"
                        .formatted(VINS.get(0))))
        .containsExactly("1|brakes|ISSUED", "2|media|ISSUED", "3|gateway|ISSUED");
  }

  @Test
  void theLaterManifestCarriesTheEarlierAndReportsCountForTheirCampaign() {
    issueBoth();

    assertThat(manifests(1))
        .containsExactly(
            "1 v1 brakes/1: ABS 2.1.0",
            "1 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0",
            "2 v1 brakes/1: ABS 2.1.0",
            "2 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0",
            "3 v1 brakes/1: ABS 2.1.0",
            "3 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0",
            "4 v1 brakes/1: ABS 2.1.0",
            "4 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0");
    // The first under the carrying manifest, the second late under its own; twice, in any order.
    StatusEvent late = brakesInstalled(1, 1, 1);
    report("a.csv", brakesInstalled(0, 2, 1), late, late);
    report("b.csv", event(2, "brakes", 2, 1, "ABS", "2.0.3", "POWER_LOSS"));
    report("c.csv", mediaInstalled(2, 2, 1));
    report("d.csv", event(3, "media", 2, 1, "GATEWAY", "3.2.1", "POWER_LOSS"));
    // A campaign does not take what is another's, and there is no second attempt yet.
    report("e.csv", brakesInstalled(3, 2, 2), event(3, "media", 1, 1, "ABS", "2.1.0", null));
    assertThat(states())
        .containsExactly(
            "1 brakes INSTALLED, media ISSUED",
            "2 brakes INSTALLED, media ISSUED",
            "3 brakes RETRY_DUE, media INSTALLED",
            "4 brakes ISSUED, media RETRY_DUE");

    jobs.clock().forward(Duration.ofDays(1));
    assertThat(issue("night-3"))
        .isEqualTo("brakes: 1 manifests to issue\nmedia: 1 manifests to issue");

    assertThat(manifests(3))
        .containsExactly(
            "3 v3 brakes/2: ABS 2.1.0", "4 v3 media/2: " + MEDIA + " + brakes/1: ABS 2.1.0");
    report("f.csv", brakesInstalled(2, 3, 2), brakesInstalled(3, 3, 1));
    report("g.csv", mediaInstalled(3, 3, 2));
    report("h.csv", mediaInstalled(0, 2, 1));
    report("i.csv", mediaInstalled(1, 2, 1));
    assertThat(jobs.sql().rows("select distinct state from assignment"))
        .containsExactly("INSTALLED");
    assertThat(jobs.sql().rows("select distinct state from campaign")).containsExactly("COMPLETED");
  }

  @Test
  void bothAreUnderWayAfterOneRunAlsoAfterAKill(@TempDir Path folder) {
    Path home = jobs.home().root();
    Path cut = TestHome.copy(home, folder.resolve("cut"));
    assertThat(issue("night-1"))
        .isEqualTo(
            "brakes: 4 manifests to issue\nmedia: 0 manifests to issue, 4 vehicles get another"
                + " campaign's first\nmedia: 4 more manifests to issue");
    assertThat(manifests(1))
        .hasSize(8)
        .contains("4 v1 brakes/1: ABS 2.1.0", "4 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0");
    assertThat(states())
        .allSatisfy(state -> assertThat(state).endsWith(" brakes ISSUED, media ISSUED"));
    assertThat(issue("night-2"))
        .isEqualTo("brakes: 0 manifests to issue\nmedia: 0 manifests to issue");

    assertSameAfterAKill(home, cut, 1);
  }

  @Test
  @Tag("long")
  void soTheyAreAfterALaterKillAndInOtherShards(@TempDir Path folder) throws IOException {
    Path home = jobs.home().root();
    Path cut = TestHome.copy(home, folder.resolve("cut"));
    Path whole = TestHome.copy(home, folder.resolve("whole"));
    Files.writeString(
        whole.resolve("convoy.yaml"),
        Files.readString(whole.resolve("convoy.yaml"))
            .replace("chunk-vehicles: 2", "chunk-vehicles: 4"));
    issue("night-1");
    List<VerifiedManifest> issued = verified();

    assertSameAfterAKill(home, cut, 3);
    restart(whole);
    issue("night-1");
    assertThat(verified()).containsExactlyInAnyOrderElementsOf(issued);
    assertThat(Outbox.shards(jobs.home().outbox())).hasSize(2);
  }

  /** Each campaign has two shards. */
  private void assertSameAfterAKill(Path undisturbed, Path cut, int shard) {
    restart(cut);
    jobs.cutOff(IssueManifestsJobConfiguration.JOB, "night-1", shard);
    issue("night-1");
    assertThat(Outbox.shards(jobs.home().outbox())).hasSize(4);
    for (Path file : Outbox.shards(undisturbed.resolve("outbox"))) {
      assertThat(cut.resolve(undisturbed.relativize(file).toString())).hasSameBinaryContentAs(file);
    }
  }

  private void restart(Path home) {
    jobs.close();
    jobs = new JobHarness(home);
  }

  private List<VerifiedManifest> verified() {
    return Outbox.manifests(jobs.home().outbox(), jobs.clock().instant());
  }

  @Test
  void whoPausesTheSecondWhileTheFirstIsWrittenKeepsItFromItsTurn() {
    jobs.plug()
        .doNext(
            () ->
                new RequestFolder(jobs.home())
                    .leave(
                        ControlRequest.of(ControlAct.PAUSE, "media", "carol", "smoke", NOW),
                        TestOperators.key("carol")));

    assertThat(issue("night-1"))
        .isEqualTo(
            "brakes: 4 manifests to issue\nmedia: 0 manifests to issue, 4 vehicles get another"
                + " campaign's first\nmedia: paused by carol: smoke; 0 manifests were issued, 0"
                + " prepared ones dropped");
    assertThat(manifests(1)).hasSize(4).allSatisfy(m -> assertThat(m).contains(" v1 brakes/1"));
    assertThat(jobs.sql().rows("select distinct state from manifest")).containsExactly("ISSUED");
  }

  @Test
  void aShardThatCarriesWhatWasStoppedBeforeItWasPublishedIsHeldBack() throws IOException {
    Path home = jobs.home().root();
    Files.writeString(
        home.resolve("convoy.yaml"),
        "publish: {to: FOLDER, folder: ../share}\n",
        StandardOpenOption.APPEND);
    Files.createDirectories(home.resolveSibling("share"));
    restart(home);
    issueBoth();
    jobs.ask(ControlAct.PAUSE, "brakes", "smoke");

    assertThat(publish("p1"))
        .contains(
            "held back: 2 files, brakes: its campaign is PAUSED",
            "held back: 2 files, media: it carries what was not published of campaign brakes: its"
                + " campaign is PAUSED");
    jobs.ask(ControlAct.RESUME, "brakes", "look");
    assertThat(publish("p2")).doesNotContain("held back");
    assertThat(Outbox.shards(home.resolveSibling("share"))).hasSize(4);
  }

  private String publish(String run) {
    return JobHarness.summary(
        JobHarness.completed(
            jobs.run(
                PublishOutboxJobConfiguration.JOB,
                PublishOutboxJobConfiguration.parameters(run, DeliveryPlan.Scope.NEW))));
  }

  /** The success was told of the manifest that carries; what the ECU signs later counts with it. */
  @Test
  @Tag("long")
  void aVersionReportAfterACarriedSuccessTakesItBackWhenTheEcuRunsSomethingElse() {
    String serial = "ABS-" + VINS.get(0);
    Path keys =
        RunningCampaign.writeText(
            jobs.home().inboxManufacturing().resolve("keys.csv"),
            "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at,certificate\n%s,ABS,%s,5Q0-1,H08,2.0.3,CAN,2026-11-20T23:00:00Z,%s\n"
                .formatted(VINS.get(0), serial, ReportSigner.ABS.certificate()));
    JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, keys, "keys"));
    issueBoth();
    report("a.csv", brakesInstalled(0, 2, 1));

    versionReport("same.vvr.jsonl", serial, 1, 36 * 60, "brakes");
    assertThat(states()).startsWith("1 brakes INSTALLED, media ISSUED");
    versionReport("other.vvr.jsonl", serial, 2, 40 * 60, "base");

    assertThat(
            jobs.sql()
                .rows(
                    "select manifest_version, attempt, state, reported_version from status_event where campaign = 'brakes' order by event_at"))
        .containsExactly("2|1|INSTALLED|2.1.0", "1|1|INSTALLED|2.0.3");
    assertThat(
            jobs.sql()
                .rows(
                    "select state, error_code from assignment where campaign = 'brakes' and vin = '%s'"
                        .formatted(VINS.get(0))))
        .containsExactly("RETRY_DUE|FELL_BACK");
  }

  /** The ECU signs that it runs the update's image. */
  private void versionReport(String name, String serial, int counter, int minutes, String update) {
    List<String> image =
        List.of(
            jobs.sql()
                .rows(
                    "select image_sha256, image_length from update_image where module = 'ABS' and update_name = '%s'"
                        .formatted(update))
                .get(0)
                .split("\\|", -1));
    Path file =
        RunningCampaign.writeText(
            jobs.home().inboxStatus().resolve(name),
            ReportSigner.vehicle(
                VINS.get(0),
                serial,
                ReportSigner.ABS,
                List.of(
                    ReportSigner.ecu(
                        ReportSigner.ABS,
                        serial,
                        counter,
                        minutes,
                        image.get(0),
                        Long.parseLong(image.get(1)),
                        ""))));
    JobHarness.completed(jobs.take(ReadVersionReportsJobConfiguration.JOB, file, name));
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "run " + name);
  }

  @Test
  void simulatedVehiclesDoBothAndReportEachUnderItsCampaign() throws IOException {
    issueBoth();
    FleetSimulator simulator =
        simulator("{ vin: [%s], module: [GATEWAY], has-hardware: 5Q0-2 }".formatted(VINS.get(3)));

    // What arrives once the second night's manifests are out.
    FleetSimulator.Played played =
        simulator.play(
            jobs.home().inboxStatus(), NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2)));

    // What is wrong with the gateway of the last one keeps its brakes from nothing.
    assertThat(played.refused())
        .singleElement()
        .asString()
        .startsWith(VINS.get(3) + " version 2: ECU 'GATEWAY-" + VINS.get(3) + "': image for")
        .endsWith(": it reports WRONG_HARDWARE");
    for (Path log : played.logs()) {
      JobHarness.completed(jobs.take(ReadStatusLogJobConfiguration.JOB, log, "night-3"));
    }
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "night-3");
    assertThat(
            jobs.sql()
                .rows(
                    "select distinct campaign || ' ' || manifest_version || ' ' || attempt from"
                        + " status_event order by 1"))
        .containsExactly("brakes 2 1", "media 2 1");
    assertThat(states())
        .containsExactly(
            "1 brakes INSTALLED, media INSTALLED",
            "2 brakes INSTALLED, media INSTALLED",
            "3 brakes INSTALLED, media INSTALLED",
            "4 brakes INSTALLED, media FAILED");
  }

  private FleetSimulator simulator(String rule) {
    return Simulators.inOrder(jobs, 1, "rules:\n  - " + rule + "\n");
  }

  @Test
  void aWithdrawalIsTakenAlsoByAVehicleThatRefusesWhatItCarries() throws IOException {
    issue("night-1", "brakes");
    jobs.summary(IssueManifestsJobConfiguration.JOB, "night-2");
    jobs.clock().forward(Duration.ofMinutes(1));
    jobs.withdraw("bob", "media", new WithdrawnVehicles(null, List.of(VINS.get(3))));
    issue("night-3");

    FleetSimulator.Played played =
        simulator("{ vin: [%s], module: [ABS], has-hardware: 5Q0-2 }".formatted(VINS.get(3)))
            .play(jobs.home().inboxStatus(), NOW, NOW.plus(Duration.ofDays(5)));
    for (Path log : played.logs()) {
      JobHarness.completed(jobs.take(ReadStatusLogJobConfiguration.JOB, log, "night-4"));
    }
    assertThat(
            jobs.sql()
                .rows(
                    "select distinct vin from status_event where campaign = 'media' order by vin"))
        .containsExactlyElementsOf(VINS.subList(0, 3));
    assertThat(
            jobs.sql()
                .rows(
                    "select distinct error_code from status_event where campaign = 'brakes' and error_code is not null and vin = '%s'"
                        .formatted(VINS.get(3))))
        .containsExactly("WRONG_HARDWARE");
  }

  @Test
  @Tag("long")
  void neitherRunsOutWhileAManifestHoldsThatAsksForIt() {
    issue("night-1", "brakes");
    jobs.clock().forward(Duration.ofDays(9));
    issue("night-11");

    // The first night's manifests hold for 30 days, and those that carry them for ten days more.
    jobs.clock().set(NOW.plus(Duration.ofDays(35)));
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "day-35");
    assertThat(jobs.sql().rows("select distinct state from assignment")).containsExactly("SILENT");

    jobs.clock().set(NOW.plus(Duration.ofDays(41)));
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "day-41");
    assertThat(jobs.sql().rows("select distinct state from assignment")).containsExactly("EXPIRED");
  }

  @Test
  @Tag("long")
  void whatIsWithdrawnTakesNothingBackOfTheOther() {
    issueBoth();

    assertThat(jobs.withdraw("bob", "brakes", only(0))).contains("1 manifests withdrawn");
    assertThat(jobs.withdraw("bob", "media", only(1))).contains("1 manifests withdrawn");
    // Both, before either is written: the second knows that the first is gone.
    assertThat(jobs.withdraw("bob", "media", only(2))).contains("1 manifests withdrawn");
    assertThat(jobs.withdraw("bob", "brakes", only(2))).contains("1 manifests withdrawn");
    issue("night-3");

    assertThat(manifests(3))
        .containsExactly(
            "1 v3 takes back brakes + media/1: " + MEDIA,
            "2 v3 takes back media + brakes/1: ABS 2.1.0",
            "3 v3 takes back media",
            "3 v4 takes back brakes");
    assertThat(
            jobs.sql()
                .rows(
                    "select after from audit_log where act = 'MANIFESTS_ISSUED' and after like"
                        + " '%withdraw%' order by seq"))
        .as("a vehicle's newer one is written last")
        .hasSize(4)
        .last()
        .asString()
        .startsWith("wave 1 shard 3:");
    report("a.csv", mediaInstalled(0, 3, 1));
    report("b.csv", brakesInstalled(1, 3, 1), brakesInstalled(2, 1, 1));
    assertThat(states())
        .containsExactly(
            "1 brakes CANCELLED, media INSTALLED",
            "2 brakes INSTALLED, media CANCELLED",
            "3 brakes INSTALLED, media CANCELLED",
            "4 brakes ISSUED, media ISSUED");
  }

  @Test
  void oneGoesBackAndTheOtherGoesOn() {
    issue("night-1", "brakes");
    report("a.csv", brakesInstalled(0, 1, 1), brakesInstalled(1, 1, 1));
    issue("night-2");
    assertThat(manifests(2))
        .startsWith("1 v2 media/1: " + MEDIA, "2 v2 media/1: " + MEDIA)
        .hasSize(4);

    jobs.carryOut(jobs.takingBack(ControlAct.ROLLBACK, "bob", "brakes", only(0), "smoke"));
    issue("night-3");

    assertThat(manifests(3)).containsExactly("1 v3 brakes/2: ABS 2.0.3 + media/1: " + MEDIA);
    // What goes back is carried in its turn.
    report("b.csv", event(0, "media", 3, 1, "GATEWAY", "3.2.1", "POWER_LOSS"));
    issue("night-4");
    assertThat(manifests(4)).containsExactly("1 v4 media/2: " + MEDIA + " + brakes/2: ABS 2.0.3");
    report("c.csv", event(0, "brakes", 4, 2, "ABS", "2.0.3", null));
    report("d.csv", mediaInstalled(0, 4, 2));
    assertThat(states())
        .containsExactly(
            "1 brakes ROLLED_BACK, media INSTALLED",
            "2 brakes INSTALLED, media ISSUED",
            "3 brakes ISSUED, media ISSUED",
            "4 brakes ISSUED, media ISSUED");
  }

  /** Nothing that is not proved is signed, and it keeps nothing else back. */
  @Test
  @Tag("long")
  void aRollbackThatDoesNotHoldIsNamedEachNightAndKeepsNoOtherCampaignBack() {
    issue("night-1", "brakes");
    report("a.csv", brakesInstalled(0, 1, 1), brakesInstalled(1, 1, 1));
    jobs.carryOut(jobs.takingBack(ControlAct.ROLLBACK, "bob", "brakes", only(0), "smoke"));
    issue("night-2", "brakes");
    jobs.carryOut(jobs.takingBack(ControlAct.ROLLBACK, "bob", "brakes", only(1), "smoke"));
    String act = jobs.sql().rows("select act from rollback where rollback = 1").get(0);
    jobs.sql().change("update rollback set act = 77");

    assertThat(issue("night-3"))
        .isEqualTo(
            """
            brakes: 1 vehicles are not told to go back, their rollback is not trusted: signed act 77 is not in the store
            brakes: 0 manifests to issue
            media: 4 manifests to issue
            brakes: 1 vehicles of wave 1 shard 2 are not carried by campaign media, not trusted: signed act 77 is not in the store""");
    assertThat(manifests(2))
        .contains("1 v2 brakes/2: ABS 2.0.3", "1 v3 media/1: " + MEDIA, "2 v2 media/1: " + MEDIA)
        .hasSize(5);
    report("b.csv", event(0, "media", 3, 1, "GATEWAY", "3.2.1", "POWER_LOSS"));
    String refused =
        """
        brakes: 1 vehicles are not told to go back, their rollback is not trusted: signed act 77 is not in the store
        brakes: 1 vehicles are not told once more to go back, their rollback is not trusted: signed act 77 is not in the store
        """;
    assertThat(issue("night-4"))
        .startsWith(
            refused
                + "brakes: 0 manifests to issue\nmedia: 1 manifests to issue\nbrakes: 1 vehicles");
    assertThat(manifests(4)).containsExactly("1 v4 media/2: " + MEDIA);
    assertThat(jobs.sql().rows("select vin from manifest where state = 'PREPARED'")).isEmpty();
    assertThat(jobs.sql().rows("select vin from dropped_manifest")).isEmpty();
    assertThat(refusal(0)).isEqualTo("signed act 77 is not in the store");
    assertThat(refusal(1)).isEqualTo("signed act 77 is not in the store");
    Instant now = jobs.clock().instant();
    assertThat(
            jobs.<CampaignStatus>with(store -> CampaignStatuses.of(store, "brakes", "", now))
                .refused())
        .containsExactly(
            new CampaignStatus.Refused("ROLLBACK_DUE", "signed act 77 is not in the store", 1),
            new CampaignStatus.Refused("ROLLBACK_ISSUED", "signed act 77 is not in the store", 1));

    // Someone asks for the one again, and what the other rests on is put right.
    assertThat(
            jobs.carryOut(jobs.takingBack(ControlAct.ROLLBACK, "bob", "brakes", only(1), "again")))
        .endsWith("; 1 vehicles are to go back");
    jobs.sql().change("update rollback set act = %s where rollback = 1".formatted(act));
    assertThat(issue("night-5"))
        .contains(
            "brakes: 1 manifests that take vehicles back to give anew, since newer ones of their"
                + " vehicles leave them out\n");
    assertThat(manifests(3))
        .contains(
            "1 v5 brakes/2: ABS 2.0.3 + media/2: " + MEDIA,
            "2 v3 brakes/2: ABS 2.0.3 + media/1: " + MEDIA);
    assertThat(refusal(0)).isNull();
    assertThat(refusal(1)).isNull();
  }

  private @Nullable String refusal(int vehicle) {
    Standing standing =
        jobs
            .<List<Standing>>with(store -> VehicleHistory.standings(store, VINS.get(vehicle)))
            .stream()
            .filter(one -> one.campaign().equals("brakes"))
            .findFirst()
            .orElseThrow();
    return Objects.requireNonNull(standing.assignment()).refusal();
  }

  @Test
  void whatWasPreparedBeforeAKillNeverGoesOutBehindANewerOne() {
    issue("night-1", "brakes");
    jobs.cutOff(IssueManifestsJobConfiguration.JOB, "night-2", 1);
    assertThat(manifests(2))
        .containsExactly(
            "1 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0",
            "2 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0");
    // Of the two that are prepared and not written: one is withdrawn, the other reports meanwhile.
    jobs.withdraw("bob", "brakes", only(2));
    report("a.csv", brakesInstalled(3, 1, 1));

    jobs.clock().forward(Duration.ofDays(1));
    assertThat(issue("night-2"))
        .isEqualTo(
            "brakes: 0 manifests to issue\nmedia: 1 manifests to issue\nbrakes: 1 manifests to"
                + " withdraw others");

    assertThat(manifests(2))
        .containsExactly(
            "1 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0",
            "2 v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0",
            "3 v3 takes back brakes",
            "3 v4 media/1: " + MEDIA,
            "4 v2 media/1: " + MEDIA);
    assertThat(states())
        .containsExactly(
            "1 brakes ISSUED, media ISSUED",
            "2 brakes ISSUED, media ISSUED",
            "3 brakes CANCELLED, media ISSUED",
            "4 brakes INSTALLED, media ISSUED");
  }

  @Test
  @Tag("long")
  void aCampaignThatCannotBeTrustedIsNotCarriedAndGivenAnewOnceItCan() {
    issue("night-1", "brakes");
    String definition =
        jobs.sql().rows("select definition from campaign where campaign = 'brakes'").get(0);
    jobs.sql()
        .change(
            "update campaign set definition = replace(definition, '\"priority\":90',"
                + " '\"priority\":91') where campaign = 'brakes'");

    String said = issue("night-2");

    assertThat(said)
        .contains("brakes: stopped, not trusted: ", "media: 4 manifests to issue")
        .contains("brakes: 2 vehicles of wave 1 shard 0 are not carried by campaign media, not");
    assertThat(manifests(2))
        .hasSize(4)
        .allSatisfy(m -> assertThat(m).endsWith("media/1: " + MEDIA));
    assertThat(jobs.sql().rows("select * from carried")).isEmpty();

    jobs.sql()
        .change(
            "update campaign set state = 'RUNNING', definition = '"
                + definition
                + "' where campaign = 'brakes'");
    assertThat(issue("night-3"))
        .contains(
            "brakes: 4 manifests to give anew, since newer ones of their vehicles leave them out");
    assertThat(manifests(3))
        .hasSize(4)
        .allSatisfy(m -> assertThat(m).endsWith(" v3 brakes/1: ABS 2.1.0 + media/1: " + MEDIA));
    report("a.csv", brakesInstalled(0, 3, 1));
    report("b.csv", mediaInstalled(0, 3, 1));
    assertThat(states()).startsWith("1 brakes INSTALLED, media INSTALLED");
  }

  @Test
  @Tag("long")
  void aPausedCampaignIsCarriedOnAndOneThatSharesAnEcuWaits() throws IOException {
    issue("night-1", "brakes");
    jobs.ask(ControlAct.PAUSE, "brakes", "smoke");
    TestHome.write(
        jobs.home().root(),
        Map.of(
            "campaigns/later.yaml",
            CAMPAIGN.formatted("later", 40).replace("update: later", "update: media")));
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-2");
    TestHome.approve(jobs, "later", "bob");
    jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-2");
    jobs.summary(PlanWavesJobConfiguration.JOB, "night-2");

    assertThat(issue("night-2"))
        .isEqualTo("media: 4 manifests to issue\nlater: 0 manifests to issue");
    assertThat(manifests(2))
        .hasSize(4)
        .allSatisfy(
            m -> assertThat(m).endsWith(" v2 media/1: " + MEDIA + " + brakes/1: ABS 2.1.0"));
    assertThat(
            jobs.sql()
                .rows(
                    "select distinct state || ' for ' || waiting_for from assignment"
                        + " where campaign = 'later'"))
        .containsExactly("WAITING for media");
  }
}

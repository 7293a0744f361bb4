package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.PlantExports;
import convoy.jobs.TestHome;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign for gateway (3.2.1 to 3.3.0, first) and infotainment (5.4.2 to 5.5.0) of six vehicles,
 * issued at {@link JobHarness#NOW}. Another update has the images of the versions from before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoEcuCampaign {
  static final String CAMPAIGN = "media";
  static final Instant NOW = JobHarness.NOW;
  static final List<String> VINS =
      List.of(
          "WVWKP2BR3RW000001",
          "WVWKP2BR5RW000002",
          "WVWKP2BR7RW000003",
          "WVWKP2BR9RW000004",
          "WVWKP2BR0RW000005",
          "WVWKP2BR2RW000006");

  private static final String BEFORE =
      """
      update: base
      version: 1.0.0
      title: What came from the factory
      category: BUG_FIX
      targets:
        - { module: GATEWAY, from: "<3.2.1", to: 3.2.1, image: images/gateway-3.2.1.bin }
        - { module: INFOTAINMENT, from: "<5.4.2", to: 5.4.2, image: images/infotainment-5.4.2.bin }
      """;
  private static final String UPDATE =
      """
      update: media
      version: 1.0.0
      title: Maps
      category: FEATURE
      targets:
        - { module: GATEWAY, from: "<3.3.0", to: 3.3.0, image: images/gateway-3.3.0.bin }
        - { module: INFOTAINMENT, from: "<5.5.0", to: 5.5.0, image: images/infotainment-5.5.0.bin }
      groups:
        - [GATEWAY, INFOTAINMENT]
      preconditions: { battery: 50% }
      """;
  private static final String DEFINITION =
      """
      campaign: media
      title: Maps
      update: media 1.0.0
      author: alice
      urgency: SCHEDULED
      priority: 50
      waves:
        - { name: all, share: rest }
      gate:
        success: 100%
        pause-on-failure: 98%
        abort-on-failure: 99%
        minimum-reports: 6
        silent-after: P7D
      retry:
        attempts: 2
        backoff: PT12H
      """;

  private final Path issued;
  JobHarness jobs;

  /**
   * @param more keys of the campaign's definition
   */
  TwoEcuCampaign(Path folder, String more) {
    issued = folder.resolve("issued");
    jobs = new JobHarness(TestHome.install(issued, "manifests:\n  chunk-vehicles: 2\n"));
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
                    List.of(
                        PlantExports.ecu(vin, "GATEWAY", "5Q0-1", "3.2.1", "2026-11-20T22:00:00Z"),
                        PlantExports.ecu(
                            vin, "INFOTAINMENT", "5Q0-1", "5.4.2", "2026-11-20T22:00:00Z"))
                        .stream())
            .toList());
    try {
      Path images = Files.createDirectories(issued.resolve("updates/images"));
      for (String name :
          List.of("gateway-3.2.1", "infotainment-5.4.2", "gateway-3.3.0", "infotainment-5.5.0")) {
        Files.writeString(images.resolve(name + ".bin"), "image " + name);
      }
      Files.writeString(issued.resolve("updates/a-base.yaml"), BEFORE);
      Files.writeString(issued.resolve("updates/b-media.yaml"), UPDATE);
      Files.writeString(issued.resolve("campaigns/media.yaml"), DEFINITION + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
    TestHome.approve(jobs, CAMPAIGN, "bob");
    jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-0");
    jobs.summary(PlanWavesJobConfiguration.JOB, "night-0");
    assertThat(issue("night-0")).isEqualTo("media: 6 manifests to issue");
    jobs.close();
  }

  @BeforeEach
  void start(@TempDir Path folder) {
    jobs = new JobHarness(TestHome.copy(issued, folder.resolve("home")));
    jobs.clock().set(NOW.plus(Duration.ofDays(1)));
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  /** An export of one ECU, a day after the campaign was issued. */
  final void exportEcu(String name, int vehicle, String module, String hardware, String version) {
    RunningCampaign.export(
        jobs,
        name,
        PlantExports.ECUS,
        List.of(
            PlantExports.ecu(
                VINS.get(vehicle), module, hardware, version, "2026-11-22T00:00:00Z")));
  }

  final String issue(String run) {
    return jobs.summary(IssueManifestsJobConfiguration.JOB, run);
  }

  final void report(String name, StatusEvent... events) {
    RunningCampaign.report(jobs, name, List.of(events));
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "run " + name);
  }

  /** What the n-th vehicle says; manifest version and attempt are the same number. */
  static StatusEvent event(
      int vehicle,
      int minutes,
      String module,
      int attempt,
      ReportedState state,
      @Nullable String version,
      @Nullable String error) {
    return new StatusEvent(
        "e-%d-%s-%d-%d-%s".formatted(vehicle, module, attempt, minutes, state),
        NOW.plus(Duration.ofMinutes(minutes)),
        VINS.get(vehicle),
        module,
        CAMPAIGN,
        attempt,
        attempt,
        state,
        version,
        error,
        null);
  }

  static StatusEvent installed(
      int vehicle, int minutes, String module, int attempt, String version) {
    return event(vehicle, minutes, module, attempt, ReportedState.INSTALLED, version, null);
  }

  static StatusEvent failed(
      int vehicle, int minutes, String module, int attempt, @Nullable String version) {
    return event(
        vehicle, minutes, module, attempt, ReportedState.FAILED, version, "WRONG_HARDWARE");
  }

  /** The gateway is installed, and the infotainment says that it runs what it ran. */
  final void halfInstalled(int vehicle) {
    report(
        "half-%d.csv".formatted(vehicle),
        installed(vehicle, 60, "GATEWAY", 1, "3.3.0"),
        failed(vehicle, 70, "INFOTAINMENT", 1, "5.4.2"));
  }

  /** Both are installed. */
  final void wholeInstalled(int vehicle) {
    report(
        "whole-%d.csv".formatted(vehicle),
        installed(vehicle, 60, "GATEWAY", 1, "3.3.0"),
        installed(vehicle, 70, "INFOTAINMENT", 1, "5.5.0"));
  }

  final ControlRequest rollback(String who, WithdrawnVehicles vehicles) {
    return jobs.takingBack(ControlAct.ROLLBACK, who, CAMPAIGN, vehicles, "smoke");
  }

  final String rollBack(String who, WithdrawnVehicles vehicles) {
    return jobs.carryOut(rollback(who, vehicles));
  }

  /** Puts another campaign of the same update, under that id, beside the first one. */
  final void another(String id) throws IOException {
    Files.writeString(
        jobs.home().root().resolve("campaigns/" + id + ".yaml"),
        DEFINITION.replace("campaign: media", "campaign: " + id));
  }

  static WithdrawnVehicles only(int vehicle) {
    return new WithdrawnVehicles(null, List.of(VINS.get(vehicle)));
  }

  /** The n-th vehicle's assignment in these columns. */
  final String assignment(int vehicle, String columns) {
    return jobs.sql()
        .rows("select %s from assignment where vin = '%s'".formatted(columns, VINS.get(vehicle)))
        .get(0);
  }

  /** What the manifests that take vehicles back say, as lines. */
  final List<String> back() {
    return Outbox.manifests(jobs.home().outbox(), jobs.clock().instant()).stream()
        .filter(m -> m.version() > 1)
        .map(TwoEcuCampaign::line)
        .toList();
  }

  private static String line(VerifiedManifest manifest) {
    return "%s v%d %s"
        .formatted(
            manifest.vin().substring(16),
            manifest.version(),
            manifest.targets().stream()
                .map(
                    t ->
                        "%s %s release %d place %d"
                            .formatted(
                                t.image().module(),
                                t.image().version(),
                                t.image().releaseCounter(),
                                t.image().installOrder()))
                .collect(Collectors.joining(", ")));
  }
}

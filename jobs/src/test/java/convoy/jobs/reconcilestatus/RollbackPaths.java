package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import convoy.data.vehicle.Vin;
import convoy.jobs.JobHarness;
import convoy.jobs.PlantExports;
import convoy.jobs.TestHome;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.simulate.FleetSimulator;
import convoy.jobs.simulate.Simulators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A campaign for each way in which vehicles come to go back, each with one vehicle for each way in
 * which a rollback ends. What vehicles tell of the update is written here, what they do with their
 * rollbacks is played by the simulator.
 */
final class RollbackPaths implements AutoCloseable {
  private static final String EXPORTED_AT = "2026-11-20T22:00:00Z";
  private static final Duration ROUND = Duration.ofDays(2);

  /** How vehicles come to go back. */
  enum Way {
    /** By the definition, of an update for one ECU, which is left with neither version. */
    POLICY_ONE_ECU,
    /** By the definition, since one of two ECUs failed. */
    POLICY_ONE_OF_TWO,
    /** By a person, vehicle by vehicle; both ECUs have the update, as in all that follow. */
    VEHICLES,
    /** By a person, of a wave. */
    WAVE,
    /** By a person, of a campaign. */
    CAMPAIGN,
    /** As CAMPAIGN; the update that has the earlier images is withdrawn after the first attempt. */
    IMAGE_WITHDRAWN,
    /** As CAMPAIGN; the gateway is replaced by other hardware after the first attempt. */
    HARDWARE_CHANGED;

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isByPolicy() {
      return this == POLICY_ONE_ECU || this == POLICY_ONE_OF_TWO;
    }

    /** Whether nothing takes its vehicles back any more after the first attempt. */
    boolean losesItsWayBack() {
      return this == IMAGE_WITHDRAWN || this == HARDWARE_CHANGED;
    }

    private String gatewayBefore() {
      return this == IMAGE_WITHDRAWN ? "3.2.0" : "3.2.1";
    }

    private String mediaBefore() {
      return this == IMAGE_WITHDRAWN ? "5.4.1" : "5.4.2";
    }
  }

  final JobHarness jobs;
  private final List<Way> ways;
  private final int vehicles;
  private Instant played = JobHarness.NOW;
  private int night;

  /**
   * @param vehicles of each of these ways
   */
  RollbackPaths(Path folder, List<Way> ways, int vehicles) throws IOException {
    this.ways = List.copyOf(ways);
    this.vehicles = vehicles;
    jobs = new JobHarness(TestHome.install(folder.resolve("home"), ""));
    RunningCampaign.export(
        jobs,
        "vehicles.csv",
        PlantExports.VEHICLES,
        all(way -> vin -> PlantExports.vehicle(vin, way.id(), "DE", EXPORTED_AT)));
    List<String> ecus =
        new ArrayList<>(
            all(
                way ->
                    vin ->
                        PlantExports.ecu(
                            vin, "GATEWAY", "5Q0-1", way.gatewayBefore(), EXPORTED_AT)));
    ecus.addAll(
        all(
            way ->
                vin ->
                    PlantExports.ecu(vin, "INFOTAINMENT", "I-1", way.mediaBefore(), EXPORTED_AT)));
    RunningCampaign.export(jobs, "ecus.csv", PlantExports.ECUS, ecus);
    define();
    assertThat(jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0"))
        .doesNotContain("refused");
    for (Way way : ways) {
      TestHome.approve(jobs, way.id(), "bob");
    }
    jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-0");
    jobs.summary(PlanWavesJobConfiguration.JOB, "night-0");
    assertThat(issue().lines())
        .hasSize(ways.size())
        .allMatch(line -> line.endsWith(": %d manifests to issue".formatted(vehicles)));
    jobs.clock().forward(Duration.ofDays(1));
    reportTheUpdate();
    orderRollbacks();
    issue();
    played = jobs.clock().instant();
  }

  String vin(Way way, int vehicle) {
    return Vin.withCheckDigit(
        "WVWKP2BR0RW%06d".formatted(List.of(Way.values()).indexOf(way) * vehicles + vehicle + 1));
  }

  private interface Line {
    String of(String vin);
  }

  private interface Lines {
    Line of(Way way);
  }

  private List<String> all(Lines lines) {
    return ways.stream().flatMap(way -> of(way, lines.of(way)).stream()).toList();
  }

  private List<String> of(Way way, Line line) {
    return IntStream.range(0, vehicles).mapToObj(n -> line.of(vin(way, n))).toList();
  }

  private void define() throws IOException {
    Map<String, String> targets =
        Map.of(
            "factory", "3.2.1 5.4.2",
            "early", "3.2.0 5.4.1",
            "media", "3.3.0 5.5.0",
            "gateway", "3.3.0");
    Path images = Files.createDirectories(jobs.home().root().resolve("updates/images"));
    for (Map.Entry<String, String> update : targets.entrySet()) {
      StringBuilder text =
          new StringBuilder(
              "update: %1$s\nversion: 1.0.0\ntitle: %1$s\ncategory: FEATURE\ntargets:\n"
                  .formatted(update.getKey()));
      String[] versions = update.getValue().split(" ", -1);
      for (int i = 0; i < versions.length; i++) {
        String module = i == 0 ? "GATEWAY" : "INFOTAINMENT";
        String image = "%s-%s.bin".formatted(module, versions[i]);
        Files.writeString(images.resolve(image), "image " + image);
        text.append(
            "  - { module: %1$s, from: \"<%2$s\", to: %2$s, image: images/%3$s }\n"
                .formatted(module, versions[i], image));
      }
      Files.writeString(
          jobs.home().root().resolve("updates/" + update.getKey() + ".yaml"), text.toString());
    }
    for (Way way : ways) {
      Files.writeString(
          jobs.home().root().resolve("campaigns/" + way.id() + ".yaml"),
          """
          campaign: %1$s
          title: %1$s
          update: %2$s 1.0.0
          author: alice
          urgency: SCHEDULED
          priority: 50
          audience: { models: [%1$s] }
          waves:
            - { name: all, share: rest }
          gate:
            success: 100%%
            pause-on-failure: 1000 vehicles
            abort-on-failure: 2000 vehicles
            minimum-reports: 1000
            silent-after: P90D
          retry: { attempts: 2, backoff: PT12H }
          rollback: { when: %3$s }
          """
              .formatted(
                  way.id(),
                  way == Way.POLICY_ONE_ECU ? "gateway" : "media",
                  way.isByPolicy() ? "FAILED_FOR_GOOD" : "NEVER"));
    }
  }

  private void reportTheUpdate() {
    List<StatusEvent> events = new ArrayList<>();
    for (Way way : ways) {
      for (int n = 0; n < vehicles; n++) {
        String vin = vin(way, n);
        if (way == Way.POLICY_ONE_ECU) {
          events.add(event(vin, way, "GATEWAY", ReportedState.FAILED, "3.2.9"));
          continue;
        }
        events.add(event(vin, way, "GATEWAY", ReportedState.INSTALLED, "3.3.0"));
        events.add(
            way == Way.POLICY_ONE_OF_TWO
                ? event(vin, way, "INFOTAINMENT", ReportedState.FAILED, "5.4.2")
                : event(vin, way, "INFOTAINMENT", ReportedState.INSTALLED, "5.5.0"));
      }
    }
    RunningCampaign.write(jobs.home().inboxStatus().resolve("update.csv"), events);
    reconcile();
  }

  private static StatusEvent event(
      String vin, Way way, String module, ReportedState state, String version) {
    return new StatusEvent(
        vin + module,
        JobHarness.NOW.plus(Duration.ofHours(2)),
        vin,
        module,
        way.id(),
        1,
        1,
        state,
        version,
        state == ReportedState.FAILED ? "WRONG_HARDWARE" : null,
        null);
  }

  private void orderRollbacks() {
    for (Way way : ways) {
      if (!way.isByPolicy()) {
        WithdrawnVehicles meant =
            switch (way) {
              case VEHICLES -> new WithdrawnVehicles(null, of(way, vin -> vin));
              case WAVE -> new WithdrawnVehicles(1, List.of());
              default -> WithdrawnVehicles.ALL;
            };
        assertThat(
                jobs.carryOut(
                    jobs.takingBack(ControlAct.ROLLBACK, "bob", way.id(), meant, "smoke")))
            .contains("; %d vehicles are to go back".formatted(vehicles));
      }
    }
  }

  /** From then on the vehicles of some ways cannot go back. */
  void loseWaysBack() {
    jobs.sql()
        .change(
            "update update_definition set withdrawn_at = now()::timestamp, withdrawn_reason ="
                + " 'smoke' where name = 'early'");
    RunningCampaign.export(
        jobs,
        "hardware.csv",
        PlantExports.ECUS,
        of(
            Way.HARDWARE_CHANGED,
            vin -> PlantExports.ecu(vin, "GATEWAY", "5Q0-2", "3.3.0", played.toString())));
  }

  /**
   * What the vehicles do with their rollbacks up to two days after the last round, and what Convoy
   * makes of it.
   *
   * @param rules of the simulator
   */
  void round(long seed, String rules) throws IOException {
    jobs.clock().forward(ROUND);
    FleetSimulator.Played round =
        Simulators.inOrder(jobs, seed, rules)
            .play(jobs.home().inboxStatus(), played, jobs.clock().instant());
    // Of an update that was withdrawn no image is listed any more; these manifests were played
    // before.
    assertThat(round.refused())
        .allMatch(
            line ->
                line.contains("the image repository does not list it")
                    && of(Way.IMAGE_WITHDRAWN, vin -> vin).contains(line.substring(0, 17)));
    played = jobs.clock().instant();
    reconcile();
  }

  /** Takes what lies in the inbox in, and reconciles. */
  void reconcile() {
    String run = "night-" + night++;
    try {
      for (Path log : TestHome.files(jobs.home().inboxStatus())) {
        JobHarness.completed(
            jobs.take(
                ReadStatusLogJobConfiguration.JOB, jobs.home().inboxStatus().resolve(log), run));
      }
    } catch (RuntimeException e) {
      throw new IllegalStateException(run, e);
    }
    jobs.summary(ReconcileStatusJobConfiguration.JOB, run);
  }

  String issue() {
    return jobs.summary(IssueManifestsJobConfiguration.JOB, "issue-" + night++);
  }

  /** By vehicle: its state, the number of manifests that took it back, its error, and why. */
  Map<String, String> ends() {
    return jobs
        .sql()
        .rows(
            """
            select a.vin, a.state || ' ' || count(m.version) || ' ' || coalesce(a.error_code, '-')
              || case when a.state = 'SERVICE_REQUIRED' then ' ' || a.reason else '' end
            from assignment a
            left join manifest m on m.vin = a.vin and m.rollback is not null and m.state = 'ISSUED'
            group by a.vin, a.state, a.error_code, a.reason
            """)
        .stream()
        .map(row -> row.split("\\|", 2))
        .collect(Collectors.toMap(row -> row[0], row -> row[1]));
  }

  @Override
  public void close() {
    jobs.close();
  }
}

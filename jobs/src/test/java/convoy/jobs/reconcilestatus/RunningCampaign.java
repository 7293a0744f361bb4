package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.status.ReportedState;
import convoy.data.status.StatusEvent;
import convoy.jobs.FleetSql;
import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.writers.status.StatusLogWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign for the brakes whose first wave, ten vehicles, is issued at {@link JobHarness#NOW}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunningCampaign {
  static final String CAMPAIGN = "brakes";
  static final Instant NOW = JobHarness.NOW;

  private static final String DEFINITION =
      """
      campaign: brakes
      title: Brakes
      update: abs-brake-hold 2.1.0
      author: alice
      urgency: SCHEDULED
      priority: 50
      waves:
        - { name: first, vehicles: 10 }
        - { name: all, share: rest }
      gate:
        success: 80%
        pause-on-failure: 30%
        abort-on-failure: 60%
        minimum-reports: 5
        silent-after: P7D
      retry:
        attempts: 2
        backoff: PT12H
      """;

  private final Path issued;

  /** The ten vehicles of the first wave. */
  final List<String> vins;

  JobHarness jobs;

  RunningCampaign(Path folder) {
    this(folder, "");
  }

  /**
   * @param more keys of the campaign's definition
   */
  RunningCampaign(Path folder, String more) {
    this(folder, "", more);
  }

  /**
   * @param gate keys of its gate, indented by two spaces
   * @param more keys of the campaign's definition
   */
  RunningCampaign(Path folder, String gate, String more) {
    String definition = DEFINITION.replace("retry:\n", gate + "retry:\n") + more;
    issued =
        TestHome.copyOf(
            "running campaign " + definition,
            folder.resolve("issued"),
            root -> issueFirstWave(root, definition));
    vins =
        FleetSql.of(issued).rows("select vin from assignment where state = 'ISSUED' order by vin");
  }

  private void issueFirstWave(Path root, String definition) {
    try (JobHarness first = new JobHarness(TestHome.imported(root, ""))) {
      jobs = first;
      TestHome.writeDefinitions(root);
      Files.delete(root.resolve("campaigns/" + TestHome.BRAKES + ".yaml"));
      Files.delete(root.resolve("campaigns/" + TestHome.MEDIA + ".yaml"));
      Files.writeString(root.resolve("campaigns/brakes.yaml"), definition);
      jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
      TestHome.approve(jobs, CAMPAIGN, "bob");
      assertThat(issue("night-0")).isEqualTo("brakes: 10 manifests to issue");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Matches, plans and issues; gives what the issuing said. */
  final String issue(String run) {
    jobs.summary(MatchEligibilityJobConfiguration.JOB, run);
    jobs.summary(PlanWavesJobConfiguration.JOB, run);
    return jobs.summary(IssueManifestsJobConfiguration.JOB, run);
  }

  /** Takes a status log of these events in; gives what the job said. */
  final String report(String name, StatusEvent... events) {
    return report(jobs, name, List.of(events));
  }

  static String report(JobHarness jobs, String name, List<StatusEvent> events) {
    Path file = write(jobs.home().inboxStatus().resolve(name), events);
    return JobHarness.summary(
        JobHarness.completed(jobs.take(ReadStatusLogJobConfiguration.JOB, file, "run " + name)));
  }

  /** Takes an export of these rows in, all of which hold. */
  static void export(JobHarness jobs, String name, String header, List<String> rows) {
    Path file =
        writeText(
            jobs.home().inboxManufacturing().resolve(name),
            header + "\n" + String.join("\n", rows) + "\n");
    assertThat(
            JobHarness.summary(
                JobHarness.completed(
                    jobs.take(ImportVehiclesJobConfiguration.JOB, file, "run " + name))))
        .contains(" 0 quarantined");
  }

  static Path write(Path file, List<StatusEvent> events) {
    try (StatusLogWriter writer = new StatusLogWriter(file)) {
      for (StatusEvent event : events) {
        writer.write(event);
      }
      writer.commit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path writeText(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final String reconcile(String run) {
    return jobs.summary(ReconcileStatusJobConfiguration.JOB, run);
  }

  /** What the n-th vehicle says, so many minutes after its first manifest was issued. */
  final StatusEvent event(
      int vehicle,
      int minutes,
      int attempt,
      ReportedState state,
      @Nullable String version,
      @Nullable String error) {
    return new StatusEvent(
        "e-%d-%d-%d-%s".formatted(vehicle, attempt, minutes, state),
        NOW.plus(Duration.ofMinutes(minutes)),
        vins.get(vehicle),
        "ABS",
        CAMPAIGN,
        attempt,
        attempt,
        state,
        version,
        error,
        null);
  }

  final StatusEvent installed(int vehicle, int minutes, int attempt) {
    return event(vehicle, minutes, attempt, ReportedState.INSTALLED, "2.1.0", null);
  }

  final StatusEvent failed(int vehicle, int minutes, int attempt, String error) {
    return event(vehicle, minutes, attempt, ReportedState.FAILED, null, error);
  }

  /** The n-th vehicle's assignment in these columns. */
  final String assignment(int vehicle, String columns) {
    return jobs.sql()
        .rows("select %s from assignment where vin = '%s'".formatted(columns, vins.get(vehicle)))
        .get(0);
  }

  /** The state of the campaign and of its waves. */
  final List<String> states() {
    return jobs.sql()
        .rows(
            "select campaign, state from campaign union all"
                + " (select 'wave ' || wave, state from wave order by wave)");
  }
}

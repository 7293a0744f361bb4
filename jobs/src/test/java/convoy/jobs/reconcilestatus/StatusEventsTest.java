package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.status.ReportedState;
import convoy.jobs.JobHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from what single vehicles report. */
class StatusEventsTest extends RunningCampaign {
  StatusEventsTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void aSuccessIsBelievedAndTheInventoryShowsIt() {
    assertThat(report("a.csv", installed(0, 60, 1)))
        .isEqualTo("a.csv: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined");
    assertThat(reconcile("night-1"))
        .isEqualTo(
            """
            1 assignments reconciled, 0 past their deadline
            brakes wave 1: HOLD: 1 of 10 vehicles installed (10.0 %), needed 80.0 %; 0 failed, 0 silent\
            """);
    assertThat(assignment(0, "state, attempt, error_code")).isEqualTo("INSTALLED|1|-");
    assertThat(ecu(0)).isEqualTo("2.1.0|STATUS|02:30:00");
    assertThat(
            jobs.sql()
                .rows(
                    "select software_version, source from observation where module = 'ABS' and vin = '%s' order by observed_at"
                        .formatted(vins.get(0))))
        .last()
        .isEqualTo("2.1.0|STATUS");
  }

  @Test
  void anotherVersionThanTheManifestsIsAFailure() {
    report("a.csv", event(0, 60, 1, ReportedState.INSTALLED, "2.0.3", null));
    reconcile("night-1");
    assertThat(assignment(0, "state, error_code, failed_module"))
        .isEqualTo("RETRY_DUE|VERSION_MISMATCH|ABS");
    assertThat(ecu(0)).isEqualTo("2.0.3|STATUS|02:30:00");
  }

  @Test
  void aFailureIsRetriedNotBeforeItsTimeAndWithAHigherManifestVersion() {
    report("a.csv", failed(0, 60, 1, "POWER_LOSS"));
    reconcile("night-1");
    assertThat(assignment(0, "state, error_code, reason, manifest_version"))
        .isEqualTo("RETRY_DUE|POWER_LOSS|retry after attempt 1 of 2|1");
    Instant failedAt = NOW.plus(Duration.ofHours(1));
    Instant due = Instant.parse(assignment(0, "strftime(due_at, '%Y-%m-%dT%H:%M:%S.%fZ')"));
    assertThat(due)
        .isBetween(
            failedAt.plus(Duration.ofHours(12)), failedAt.plus(Duration.ofMinutes(13 * 60 + 12)));
    jobs.clock().set(due.minusSeconds(1));
    assertThat(issue("too early")).isEqualTo("brakes: 0 manifests to issue");
    jobs.clock().set(due);
    assertThat(issue("in time")).isEqualTo("brakes: 1 manifests to issue");
    assertThat(assignment(0, "state, attempt, manifest_version, error_code, due_at"))
        .isEqualTo("ISSUED|2|2|-|-");
  }

  @Test
  @Tag("long")
  void aLateFailureOfTheFirstAttemptDoesNotFailTheSecond() {
    report("a.csv", failed(0, 60, 1, "POWER_LOSS"));
    reconcile("night-1");
    jobs.clock().set(NOW.plus(Duration.ofDays(2)));
    issue("night-2");
    report("b.csv", failed(0, 70, 1, "FLASH_FAILED"));
    reconcile("night-2");
    assertThat(assignment(0, "state, attempt, error_code")).isEqualTo("ISSUED|2|-");
    report("c.csv", installed(0, 3 * 24 * 60, 2));
    jobs.clock().set(NOW.plus(Duration.ofDays(4)));
    reconcile("night-3");
    assertThat(assignment(0, "state, attempt, error_code")).isEqualTo("INSTALLED|2|-");
  }

  @Test
  void theLastAttemptsFailureIsFinal() {
    report("a.csv", failed(0, 60, 1, "POWER_LOSS"));
    reconcile("night-1");
    jobs.clock().set(NOW.plus(Duration.ofDays(2)));
    issue("night-2");
    report("b.csv", failed(0, 2 * 24 * 60 + 60, 2, "POWER_LOSS"));
    reconcile("night-3");
    assertThat(assignment(0, "state, error_code, due_at, reason"))
        .isEqualTo("FAILED|POWER_LOSS|-|attempts exhausted: 2 of 2");
    jobs.clock().set(NOW.plus(Duration.ofDays(9)));
    assertThat(issue("night-9")).isEqualTo("brakes: 0 manifests to issue");
  }

  @Test
  void anErrorThatTryingAgainCannotHelpIsFinalAtOnce() {
    report("a.csv", failed(0, 60, 1, "WRONG_HARDWARE"), failed(1, 60, 1, "AIRBAG_FAULT"));
    reconcile("night-1");
    assertThat(assignment(0, "state, error_code, due_at, reason"))
        .isEqualTo("FAILED|WRONG_HARDWARE|-|permanent");
    assertThat(assignment(1, "state, error_code, due_at, reason"))
        .isEqualTo("FAILED|AIRBAG_FAULT|-|workshop");
  }

  @Test
  void theSameEventAgainInOneFileOrAnotherCountsOnce() {
    assertThat(report("a.csv", installed(0, 60, 1), installed(0, 60, 1)))
        .isEqualTo("a.csv: 2 rows read, 1 accepted, 1 unchanged, 0 quarantined");
    assertThat(report("b.jsonl", installed(0, 60, 1), failed(1, 60, 1, "LOW_BATTERY")))
        .isEqualTo("b.jsonl: 2 rows read, 1 accepted, 1 unchanged, 0 quarantined");
    assertThat(jobs.sql().rows("select count(*) from status_event")).containsExactly("2");
    assertThat(reconcile("night-1"))
        .startsWith("2 assignments reconciled, 0 past their deadline\n");
    assertThat(reconcile("night-2"))
        .startsWith("0 assignments reconciled, 0 past their deadline\n");
  }

  @Test
  void aVehicleIsSilentAfterItsDeadlineUntilItReports() {
    jobs.clock().set(NOW.plus(Duration.ofDays(7)));
    reconcile("at the deadline");
    assertThat(assignment(0, "state")).isEqualTo("ISSUED");
    jobs.clock().set(NOW.plus(Duration.ofDays(7)).plusSeconds(1));
    assertThat(reconcile("after it"))
        .isEqualTo(
            """
            0 assignments reconciled, 10 past their deadline
            brakes wave 1: ABORT: 10 of 10 vehicles with an outcome failed or went silent (100.0 %), \
            the limit is 60.0 %; 0 failed, 10 silent, 0 installed\
            """);
    assertThat(assignment(0, "state, reason"))
        .isEqualTo("SILENT|not heard of by 2026-11-28T01:30:00Z");
    report("a.csv", installed(0, 7 * 24 * 60, 1));
    reconcile("later");
    assertThat(assignment(0, "state")).isEqualTo("INSTALLED");
  }

  @Test
  void anOlderExportAfterAReportOverwritesNothing() {
    report("a.csv", installed(0, 60, 1));
    String header =
        "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at\n";
    String row = vins.get(0) + ",ABS,SN-1,5Q0-614-517-B,H33,2.0.5,CAN_FD,2026-11-21T02:29:59Z\n";
    Path file = jobs.home().inboxManufacturing().resolve("late.csv");
    writeText(file, header + row);
    assertThat(
            JobHarness.summary(JobHarness.completed(jobs.take("importVehicles", file, "night-1"))))
        .isEqualTo("late.csv: 1 rows read, 0 accepted, 1 unchanged, 0 quarantined");
    assertThat(ecu(0)).isEqualTo("2.1.0|STATUS|02:30:00");
  }

  private String ecu(int vehicle) {
    return jobs.sql()
        .rows(
            "select software_version, source, strftime(observed_at, '%%H:%%M:%%S') from ecu where module = 'ABS' and vin = '%s'"
                .formatted(vins.get(vehicle)))
        .get(0);
  }
}

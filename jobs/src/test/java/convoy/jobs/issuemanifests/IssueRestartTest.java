package convoy.jobs.issuemanifests;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.image.ImageKey;
import convoy.data.image.ImageKeys;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import convoy.jobs.FleetSql;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.TestHome;
import convoy.jobs.TestRoots;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/**
 * Issuing that is cut off and run again gives the bytes of an undisturbed run with the same keys,
 * and every vehicle exactly one manifest (DESIGN rule 5.9).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssueRestartTest {
  private final Path planned;
  private final Path undisturbed;

  IssueRestartTest(@TempDir Path folder) {
    planned = folder.resolve("planned");
    undisturbed = folder.resolve("undisturbed");
    SampleData.write(
        folder.resolve("exports"), new SampleSpec(7, 60, 0, SampleData.PUBLISHED.exportedAt()));
    try (JobHarness jobs =
        new JobHarness(TestHome.install(planned, "manifests:\n  chunk-vehicles: 5\n"))) {
      TestHome.fill(jobs, folder.resolve("exports"));
      CertifiedEcus.importInto(jobs, folder);
      jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-1");
      TestHome.approve(jobs, BRAKES, "bob");
      TestHome.approve(jobs, MEDIA, "alice");
      jobs.summary(PlanWavesJobConfiguration.JOB, "night-1");
    }
    try (JobHarness jobs = new JobHarness(TestHome.copy(planned, undisturbed))) {
      JobHarness.completed(issue(jobs));
    }
  }

  @Test
  void theFleetHasOneShardOfTheBrakesAndThreeOfTheOther() {
    assertThat(Outbox.shards(undisturbed.resolve("outbox"))).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void cutOffAfterAShard(int cut, @TempDir Path folder) {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    try (JobHarness jobs = new JobHarness(home)) {
      jobs.plug().pullAt(cut);
      assertCutOff(issue(jobs));
      assertThat(Outbox.shards(home.resolve("outbox"))).hasSize(cut);
      // The next night is another time; what was prepared is issued as it was prepared.
      jobs.clock().forward(Duration.ofDays(1));
      JobHarness.completed(issue(jobs));
    }
    assertAsUndisturbed(home);
  }

  @Test
  void killedBetweenAShardsFileAndItsRecord(@TempDir Path folder) throws IOException {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    try (JobHarness jobs = new JobHarness(home)) {
      jobs.plug().pullAt(1);
      assertCutOff(issue(jobs));
      // The file of the second shard stands there, and the store knows of the first alone.
      Path second = Outbox.shards(undisturbed.resolve("outbox")).get(1);
      Path there = home.resolve(undisturbed.relativize(second).toString());
      Files.createDirectories(there.getParent());
      Files.copy(second, there);
      JobHarness.completed(issue(jobs));
    }
    assertAsUndisturbed(home);
  }

  @Test
  void inShardsOfAnotherSizeEveryVehicleHasTheSameFiles(@TempDir Path folder) throws IOException {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    Files.writeString(home.resolve("convoy.yaml"), "manifests:\n  chunk-vehicles: 2\n");
    try (JobHarness jobs = new JobHarness(home)) {
      JobHarness.completed(issue(jobs));
    }
    assertThat(Outbox.shards(home.resolve("outbox"))).hasSize(7);
    Map<String, ManifestBundle> bundles = Outbox.bundles(home.resolve("outbox"));
    assertThat(bundles).hasSize(14).isEqualTo(Outbox.bundles(undisturbed.resolve("outbox")));
  }

  @Test
  void ecusWithCertificatesOpenTheirPackagesAndWithThemTheirImages() throws Exception {
    List<String> sealed = new ArrayList<>();
    CertifiedEcus ecus = new CertifiedEcus(planned.resolveSibling("ecus"));
    Path outbox = undisturbed.resolve("outbox");
    for (VerifiedManifest manifest : Outbox.manifests(outbox, JobHarness.NOW)) {
      for (ManifestTarget target : manifest.targets()) {
        String keyPackage = target.keyPackage();
        if (keyPackage != null) {
          sealed.add(manifest.vin() + "|" + target.ecuSerial());
          ecus.requireOpens(keyPackage, target, outbox);
        }
      }
    }
    Collections.sort(sealed);
    assertThat(sealed)
        .hasSize(8)
        .isEqualTo(
            FleetSql.of(undisturbed)
                .rows(
                    """
                    select e.vin, e.serial from ecu e
                    join manifest_target t on t.vin = e.vin and t.ecu_serial = e.serial
                    where e.certificate is not null
                    order by all\
                    """));
    assertThat(FleetSql.of(undisturbed).rows("select count(*) from manifest_target"))
        .containsExactly("26");
  }

  /** What is sealed then is the prepared certificate, whatever the fleet has by now. */
  @Test
  void aCertificateThatCameMeanwhileChangesNothing(@TempDir Path folder) throws IOException {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    try (JobHarness jobs = new JobHarness(home)) {
      jobs.plug().pullAt(1);
      assertCutOff(issue(jobs));
      jobs.sql().change("update ecu set certificate = null");
      JobHarness.completed(issue(jobs));
    }
    assertAsUndisturbed(home);
  }

  @Test
  void aKeyThatWasExchangedInTheImageStoreReachesNoVehicle(@TempDir Path folder)
      throws IOException {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    ImageKey other = ImageKey.generate();
    byte[] sealed = ImageKeys.load(home.resolve("keys/images")).seal(other);
    for (Path file : TestHome.files(home.resolve("store/images"))) {
      if (file.toString().endsWith(".key.cms")) {
        Files.write(home.resolve("store/images").resolve(file), sealed);
      }
    }
    try (JobHarness jobs = new JobHarness(home)) {
      JobExecution execution = issue(jobs);
      assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
      assertThat(execution.getAllFailureExceptions())
          .singleElement(InstanceOfAssertFactories.THROWABLE)
          .rootCause()
          .hasMessageMatching(
              "encrypted under the key \\[[0-9a-f]{64}], expected its own key " + other.id());
    }
    assertThat(Outbox.shards(home.resolve("outbox"))).isEmpty();
  }

  /** Prepared shards are not signed, and the run comes to its end: a restart would not help. */
  @Test
  void aKeyOfTheDirectorThatRanOutMeanwhile(@TempDir Path folder) throws IOException {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    try (JobHarness jobs = new JobHarness(home)) {
      TestRoots.rotate(jobs, KeyRole.DIRECTOR_TARGETS, Duration.ofHours(20));
      jobs.plug().pullAt(1);
      assertCutOff(issue(jobs));
      jobs.clock().forward(Duration.ofDays(1));
      String why =
          "\\S+\\.p12: the key ran out at 2026-11-21T21:30:00Z, expected a newer one: ./convoy keys"
              + " rotate director-targets";

      JobExecution second = JobHarness.completed(issue(jobs));
      assertThat(JobHarness.summary(second))
          .matches(
              "warning: key .*\nnothing is issued: %s\nwhat is prepared is not signed: %s"
                  .formatted(why, why));
      assertThat(JobSummary.isDistrusted(second)).isTrue();

      JobExecution withdrawing = withdraw(jobs);
      assertThat(JobHarness.summary(withdrawing))
          .matches(
              BRAKES
                  + ": 2 manifests to withdraw others\nwhat is prepared is not signed: %s"
                      .formatted(why));
      assertThat(JobSummary.isDistrusted(withdrawing)).isTrue();
    }
    assertThat(Outbox.shards(home.resolve("outbox"))).hasSize(1);
  }

  @Test
  void aRootThatWasSetBackMeanwhile(@TempDir Path folder) throws IOException {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    try (JobHarness jobs = new JobHarness(home)) {
      jobs.plug().pullAt(1);
      assertCutOff(issue(jobs));
      TestRoots.rotate(jobs, KeyRole.DIRECTOR_TARGETS, Duration.ofDays(500));
      Files.delete(home.resolve("keys/director/2.root.json"));
      String why =
          "the root of the Director was set back: found version 1, expected 2 or later, which the"
              + " audit log tells of";
      JobExecution second = JobHarness.completed(issue(jobs));
      assertThat(JobHarness.summary(second)).isEqualTo("nothing is issued: " + why);
      assertThat(JobSummary.isDistrusted(second)).isTrue();

      JobExecution withdrawing = withdraw(jobs);
      assertThat(JobHarness.summary(withdrawing))
          .isEqualTo(
              "nothing is issued: %s\n%s: 2 manifests to withdraw others\nwhat is prepared is not signed: %s"
                  .formatted(why, BRAKES, why));
      assertThat(JobSummary.isDistrusted(withdrawing)).isTrue();
    }
    assertThat(Outbox.shards(home.resolve("outbox"))).hasSize(1);
  }

  /** Takes the shard of the brakes back, and has that written. */
  private static JobExecution withdraw(JobHarness jobs) {
    jobs.withdraw("carol", BRAKES, WithdrawnVehicles.ALL);
    return JobHarness.completed(
        jobs.run(
            IssueManifestsJobConfiguration.JOB,
            IssueManifestsJobConfiguration.withdrawals("urgent-1", BRAKES)));
  }

  private static JobExecution issue(JobHarness jobs) {
    return jobs.run(
        IssueManifestsJobConfiguration.JOB, new RunParameters("night-1", null).toJobParameters());
  }

  private static void assertCutOff(JobExecution execution) {
    assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(execution.getAllFailureExceptions())
        .singleElement(InstanceOfAssertFactories.THROWABLE)
        .rootCause()
        .hasMessage("the plug was pulled while issuing manifests");
  }

  private void assertAsUndisturbed(Path disturbed) {
    Path outbox = disturbed.resolve("outbox");
    List<Path> files = TestHome.files(undisturbed.resolve("outbox"));
    assertThat(TestHome.files(outbox)).isEqualTo(files);
    for (Path file : files) {
      assertThat(outbox.resolve(file))
          .hasSameBinaryContentAs(undisturbed.resolve("outbox").resolve(file));
    }
    assertThat(store(disturbed)).isEqualTo(store(undisturbed));
    assertThat(Outbox.manifests(outbox, JobHarness.NOW))
        .hasSize(14)
        .extracting(VerifiedManifest::vin)
        .doesNotHaveDuplicates();
  }

  private static List<String> store(Path home) {
    List<String> rows = new ArrayList<>();
    FleetSql sql = FleetSql.of(home);
    rows.addAll(sql.rows("from manifest order by all"));
    rows.addAll(sql.rows("from manifest_target order by all"));
    rows.addAll(
        sql.rows(
            "select campaign, vin, wave, state, attempt, manifest_version from assignment order by"
                + " all"));
    rows.addAll(
        sql.rows(
            "select subject, after from audit_log where act = 'MANIFESTS_ISSUED' order by seq"));
    return rows;
  }
}

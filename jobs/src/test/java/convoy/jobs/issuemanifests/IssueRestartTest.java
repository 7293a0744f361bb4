package convoy.jobs.issuemanifests;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.CampaignStatus;
import convoy.data.duckdb.CampaignStatuses;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
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
    SampleSpec samples = new SampleSpec(7, 60, 0, SampleData.PUBLISHED.exportedAt());
    SampleData.writeWithEcuKeys(folder.resolve("exports"), samples, folder.resolve("ecus"));
    try (JobHarness jobs =
        new JobHarness(TestHome.install(planned, "manifests:\n  chunk-vehicles: 5\n"))) {
      TestHome.fill(jobs, folder.resolve("exports"));
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
        if (target.keyPackage() != null) {
          sealed.add(manifest.vin() + "|" + target.ecuSerial());
          ecus.requireOpens(target, outbox);
        }
      }
    }
    Collections.sort(sealed);
    assertThat(sealed)
        .hasSize(19)
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
  @Tag("long")
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

  /** An import takes no such certificate: somebody changed the row. */
  @Test
  void aCertificateThatCannotBeReadIsNamedAndItsShardWrittenOnceItIsMended(@TempDir Path folder) {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    try (JobHarness jobs = new JobHarness(home)) {
      jobs.plug().pullAt(1);
      assertCutOff(issue(jobs));
      String ecu = " where vin || ' ' || ecu_serial = ";
      String sealed =
          jobs.sql()
              .rows(
                  "select t.vin || ' ' || t.ecu_serial || '|' || t.certificate"
                      + " from manifest_target t join manifest m using (vin, version)"
                      + " where m.state = 'PREPARED' and t.certificate is not null"
                      + " order by all limit 1")
              .get(0);
      String named = sealed.substring(0, sealed.indexOf('|'));
      String certificate = sealed.substring(sealed.indexOf('|') + 1);
      jobs.sql().change("update manifest_target set certificate = '?'" + ecu + "'" + named + "'");

      assertThat(issue(jobs).getAllFailureExceptions())
          .singleElement(InstanceOfAssertFactories.THROWABLE)
          .hasStackTraceContaining(
              "manifest for %s: key package of ECU '%s': certificate: found text that is not Base64,"
                      .formatted(named.split(" ", -1)[0], named.split(" ", -1)[1])
                  + " expected one with a key on P-256 or of RSA with 2,048 to 4,096 bits");
      assertThat(Outbox.shards(home.resolve("outbox"))).hasSizeLessThan(4);

      jobs.sql()
          .change(
              "update manifest_target set certificate = '"
                  + certificate
                  + "'"
                  + ecu
                  + "'"
                  + named
                  + "'");
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
  void aClockThatWasSetBackMeanwhile(@TempDir Path folder) {
    Path home = TestHome.copy(planned, folder.resolve("home"));
    try (JobHarness jobs = new JobHarness(home)) {
      jobs.plug().pullAt(1);
      assertCutOff(issue(jobs));
      jobs.clock().forward(Duration.ofHours(-1));
      JobExecution second = JobHarness.completed(issue(jobs));
      String why =
          "the clock shows 2026-11-21T00:30:00Z, expected no time before 2026-11-21T01:30:00Z, when"
              + " the last manifest was issued";
      assertThat(JobHarness.summary(second))
          .isEqualTo(
              "nothing is issued: %s\nwhat is prepared is not signed: %s".formatted(why, why));
      assertThat(JobSummary.isDistrusted(second)).isTrue();
      assertThat(Outbox.shards(home.resolve("outbox"))).hasSize(1);

      jobs.clock().forward(Duration.ofHours(1));
      JobHarness.completed(issue(jobs, "night-2"));
    }
    assertAsUndisturbed(home);
  }

  @Test
  void aClockThatWasSetBackKeepsAlsoWhatTakesBackFromBeingWritten(@TempDir Path folder) {
    Path home = TestHome.copy(undisturbed, folder.resolve("home"));
    try (JobHarness jobs = new JobHarness(home)) {
      jobs.clock().forward(Duration.ofHours(-1));
      JobExecution withdrawing = withdraw(jobs);
      assertThat(JobHarness.summary(withdrawing))
          .isEqualTo(
              BRAKES
                  + ": 2 manifests to withdraw others\nwhat is prepared is not signed: the clock"
                  + " shows 2026-11-21T00:30:00Z, expected no time before 2026-11-21T01:30:00Z, when"
                  + " the last manifest was issued");
      assertThat(JobSummary.isDistrusted(withdrawing)).isTrue();
      assertThat(Outbox.shards(home.resolve("outbox"))).hasSize(4);

      jobs.clock().forward(Duration.ofHours(1));
      JobHarness.completed(issue(jobs, "night-2"));
    }
    assertThat(Outbox.shards(home.resolve("outbox"))).hasSize(5);
    assertThat(
            FleetSql.of(home)
                .rows(
                    "select state, count(*) from manifest where withdrawal is not null group by all"))
        .containsExactly("ISSUED|2");
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

  /** The procedure of docs/keys.md for a key of the Director that someone else may have. */
  @Test
  void whatARefusedKeyHadSignedIsSignedAnewAlsoAfterACutOff(@TempDir Path folder)
      throws IOException {
    Path home = TestHome.copy(undisturbed, folder.resolve("home"));
    Instant later = JobHarness.NOW.plus(Duration.ofDays(1));
    try (JobHarness jobs = new JobHarness(home)) {
      withdraw(jobs);
    }
    Path outbox = home.resolve("outbox");
    List<Path> formerShards = Outbox.shards(outbox);
    List<VerifiedManifest> former = Outbox.manifests(outbox, later);
    assertThat(former).hasSize(16);
    try (JobHarness jobs = new JobHarness(home)) {
      TestRoots.rotateCompromised(jobs, KeyRole.DIRECTOR_TARGETS);
    }
    Path cut = TestHome.copy(home, folder.resolve("cut"));
    try (JobHarness jobs = new JobHarness(home)) {
      jobs.clock().forward(Duration.ofDays(1));
      assertThat(JobHarness.summary(JobHarness.completed(issue(jobs, "night-2"))))
          .isEqualTo(
              """
              %2$s: 12 manifests to sign anew, since a key that signed them is refused
              %2$s: 0 manifests to issue
              %1$s: 2 manifests to withdraw others"""
                  .formatted(BRAKES, MEDIA));
      assertThat(JobHarness.summary(JobHarness.completed(issue(jobs, "night-3"))))
          .isEqualTo(MEDIA + ": 0 manifests to issue");
    }
    try (JobHarness jobs = new JobHarness(cut)) {
      jobs.clock().forward(Duration.ofDays(1));
      jobs.plug().pullAt(2);
      assertCutOff(issue(jobs, "night-2"));
      jobs.clock().forward(Duration.ofDays(1));
      JobHarness.completed(issue(jobs, "night-2"));
    }
    List<Path> shards = Outbox.shards(outbox);
    assertThat(shards).hasSize(9).containsAll(formerShards);
    for (Path shard : shards) {
      assertThat(cut.resolve(home.relativize(shard).toString())).hasSameBinaryContentAs(shard);
    }
    assertThat(store(cut)).isEqualTo(store(home));

    assertThatThrownBy(() -> Outbox.manifests(outbox, later))
        .hasMessageContaining("signed by 0 keys of the targets role, expected 1: key ");
    for (Path shard : formerShards) {
      Files.delete(shard);
    }
    assertThat(Outbox.manifests(outbox, later))
        .containsExactlyInAnyOrderElementsOf(signedAnew(former, later));
    FleetSql sql = FleetSql.of(home);
    assertThat(
            sql.rows(
                "select m.vin from manifest m join assignment a on a.vin = m.vin and a.campaign ="
                    + " m.campaign and a.attempt = 1 and a.state = 'ISSUED' and"
                    + " a.manifest_version = m.version where m.version = 2 and m.campaign = '"
                    + MEDIA
                    + "'"))
        .hasSize(12);
    try (JobHarness jobs = new JobHarness(home)) {
      CampaignStatus.Manifests counted =
          jobs.with(store -> CampaignStatuses.of(store, MEDIA, "", later)).manifests();
      assertThat(counted.issued()).isEqualTo(12);
      assertThat(counted.open()).isEqualTo(12);
      assertThat(jobs.ask(ControlAct.PAUSE, MEDIA, "smoke"))
          .endsWith("; 12 manifests were issued, 0 prepared ones dropped");
    }
  }

  /** The latest of each vehicle, which says the same under its next version. */
  private static List<VerifiedManifest> signedAnew(List<VerifiedManifest> former, Instant now) {
    Map<String, VerifiedManifest> latest = new TreeMap<>();
    former.forEach(
        m -> latest.merge(m.vin(), m, (one, two) -> one.version() > two.version() ? one : two));
    return latest.values().stream()
        .map(
            m ->
                new VerifiedManifest(
                    m.vin(),
                    m.version() + 1,
                    m.campaign(),
                    m.wave(),
                    m.attempt(),
                    m.correlationId(),
                    now,
                    now.plus(Duration.ofDays(30)),
                    m.preconditions(),
                    m.owner(),
                    m.targets(),
                    List.of()))
        .toList();
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
    return issue(jobs, "night-1");
  }

  private static JobExecution issue(JobHarness jobs, String run) {
    return jobs.run(
        IssueManifestsJobConfiguration.JOB, new RunParameters(run, null).toJobParameters());
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

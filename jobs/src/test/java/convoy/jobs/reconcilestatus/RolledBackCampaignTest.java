package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.OwnerConsent.Mode;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.duckdb.IssuedManifests;
import convoy.data.error.ConvoyException;
import convoy.data.io.FileDigest;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.KnownEcu;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.ReportedState;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.TestHome;
import convoy.jobs.TestOperators;
import convoy.jobs.TestRoots;
import convoy.jobs.control.RequestFolder;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.publishreports.PublishReportsJobConfiguration;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import convoy.jobs.repository.ImageList;
import convoy.jobs.repository.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/** Vehicles of an update for two ECUs go back to the versions from before. */
class RolledBackCampaignTest extends TwoEcuCampaign {
  private static final String FIRST =
      "media: 1 images released again\nmedia: 0 manifests to issue\nmedia: 1 manifests to take"
          + " vehicles back";

  RolledBackCampaignTest(@TempDir Path folder) {
    super(folder, "rollback: { when: FAILED_FOR_GOOD, except-codes: [DEPENDENCY_MISSING] }\n");
  }

  private VerifiedManifest manifest() {
    return Outbox.manifests(jobs.home().outbox(), jobs.clock().instant()).stream()
        .filter(m -> m.version() > 1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsInstalledOfAnUpdateThatFailedInOneEcuGoesBackByItself() {
    halfInstalled(0);
    assertThat(assignment(0, "state, error_code, failed_module, reason"))
        .isEqualTo(
            "ROLLBACK_DUE|WRONG_HARDWARE|INFOTAINMENT|permanent, so what is installed of it is"
                + " rolled back");

    assertThat(issue("night-1")).isEqualTo(FIRST);

    assertThat(back()).containsExactly("1 v2 GATEWAY 3.2.1 release 3 place 1");
    VerifiedManifest manifest = manifest();
    assertThat(manifest.attempt()).isEqualTo(2);
    assertThat(manifest.owner().consent().mode()).isEqualTo(Mode.FORCED);
    String serial = manifest.targets().get(0).ecuSerial();
    manifest.requireFits(manifest.all(), Map.of(serial, new KnownEcu("5Q0-1", 2)));
    assertThatThrownBy(
            () -> manifest.requireFits(manifest.all(), Map.of(serial, new KnownEcu("5Q0-1", 4))))
        .isInstanceOf(ConvoyException.class)
        .hasMessageContaining("release counter 3, expected 4 or more");
    assertThat(assignment(0, "state, attempt, manifest_version")).isEqualTo("ROLLBACK_ISSUED|1|1");

    report("begun.csv", event(0, 1500, "GATEWAY", 2, ReportedState.INSTALLING, "3.3.0", null));
    assertThat(assignment(0, "state")).isEqualTo("ROLLBACK_ISSUED");
    report("other.csv", installed(0, 1510, "GATEWAY", 2, "3.2.1"));
    assertThat(assignment(0, "state, error_code, failed_module"))
        .isEqualTo("ROLLED_BACK|WRONG_HARDWARE|INFOTAINMENT");
    assertThat(issue("night-2")).isEqualTo("media: 0 manifests to issue");
    assertThat(back()).hasSize(1);
  }

  @Test
  void whatAnEcuSignsOfItsEarlierImageSaysThatItIsBack() {
    Path keys =
        RunningCampaign.writeText(
            jobs.home().inboxManufacturing().resolve("keys.csv"),
            "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at,certificate\n%s,GATEWAY,GW-0,5Q0-1,H08,3.2.1,CAN,2026-11-20T23:00:00Z,%s\n"
                .formatted(VINS.get(0), ReportSigner.GATEWAY.certificate()));
    JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, keys, "night-1"));
    halfInstalled(0);
    issue("night-1");
    String[] image =
        jobs.sql()
            .rows(
                "select image_sha256, image_length from update_image where update_name = 'base' and module = 'GATEWAY'")
            .get(0)
            .split("\\|", -1);
    Path file =
        RunningCampaign.writeText(
            jobs.home().inboxStatus().resolve("back.vvr.jsonl"),
            ReportSigner.vehicle(
                VINS.get(0),
                "GW-0",
                ReportSigner.GATEWAY,
                List.of(
                    ReportSigner.ecu(
                        ReportSigner.GATEWAY,
                        "GW-0",
                        1,
                        1510,
                        image[0],
                        Long.parseLong(image[1]),
                        ""))));
    assertThat(
            JobHarness.summary(
                JobHarness.completed(
                    jobs.take(ReadVersionReportsJobConfiguration.JOB, file, "night-2"))))
        .isEqualTo("back.vvr.jsonl: 1 rows read, 1 accepted, 0 unchanged, 0 quarantined");
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "night-2");

    assertThat(assignment(0, "state, error_code, failed_module"))
        .isEqualTo("ROLLED_BACK|WRONG_HARDWARE|INFOTAINMENT");
  }

  /** As ADR 0025 has it, of what takes vehicles back. */
  @Test
  void aRollbackWhoseKeyIsRefusedIsSignedAnewAndAReportOnEitherVersionCounts() throws IOException {
    halfInstalled(0);
    issue("night-1");
    VerifiedManifest former = manifest();
    Path outbox = jobs.home().outbox();
    List<Path> formerShards = Outbox.shards(outbox);
    TestRoots.rotateCompromised(jobs, KeyRole.DIRECTOR_TARGETS);
    jobs.clock().forward(Duration.ofDays(20));
    Instant later = jobs.clock().instant();

    assertThat(issue("night-2"))
        .contains(
            "media: 1 manifests that take vehicles back to sign anew, since a key that signed them"
                + " is refused\n")
        .endsWith("\nmedia: 1 manifests to take vehicles back");

    assertThat(issue("night-3")).as("once").doesNotContain("take vehicles back");
    for (Path shard : formerShards) {
      Files.delete(shard);
    }
    assertThat(Outbox.manifests(outbox, later))
        .filteredOn(manifest -> manifest.vin().equals(former.vin()))
        .containsExactly(
            new VerifiedManifest(
                former.vin(),
                3,
                former.campaign(),
                former.wave(),
                former.attempt(),
                former.correlationId(),
                later,
                later.plus(Duration.ofDays(30)),
                former.preconditions(),
                former.owner(),
                former.targets(),
                List.of()));
    assertThat(
            jobs.with(store -> IssuedManifests.of(store, "media", "")).stream()
                .map(m -> m.version() + " " + m.state()))
        .contains("2 REPLACED", "3 ROLLBACK_ISSUED");

    jobs.clock().forward(Duration.ofDays(15));
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "r1");
    assertThat(assignment(0, "state, attempt, manifest_version"))
        .as("the former has run out, the new one has not")
        .isEqualTo("ROLLBACK_ISSUED|1|1");
    report("other.csv", installed(0, 1510, "GATEWAY", 2, "3.2.1"));
    assertThat(assignment(0, "state")).isEqualTo("ROLLED_BACK");
  }

  @Test
  @Tag("long")
  void whatWasToBeSignedAnewIsDroppedOnceTheVehicleTellsItsOutcome() throws IOException {
    halfInstalled(0);
    issue("night-1");
    List<Path> formerShards = Outbox.shards(jobs.home().outbox());
    TestRoots.rotateCompromised(jobs, KeyRole.DIRECTOR_TARGETS);
    issue("night-2");
    for (Path shard : formerShards) {
      Files.delete(shard);
    }
    // Beside it are those of vehicles that still may install.
    assertThat(back()).contains("1 v3 GATEWAY 3.2.1 release 3 place 1");
    // Back to the moment before the shard was written.
    jobs.sql().change("update manifest set state = 'PREPARED' where version = 3");
    for (Path shard : Outbox.shards(jobs.home().outbox())) {
      Files.delete(shard);
    }
    report("other.csv", installed(0, 1510, "GATEWAY", 2, "3.2.1"));

    assertThat(issue("night-3")).doesNotContain("take vehicles back");
    assertThat(back()).isEmpty();
    assertThat(assignment(0, "state")).isEqualTo("ROLLED_BACK");
  }

  @Test
  @Tag("long")
  void theNextVehicleGetsTheSameReleaseAndTheSameManifestIsIssuedOnceAfterAKill()
      throws IOException {
    halfInstalled(0);
    String digest = prepare("night-1", 3);
    halfInstalled(1);

    assertThat(issue("night-1"))
        .isEqualTo("media: 0 manifests to issue\nmedia: 2 manifests to take vehicles back");

    assertThat(FileDigest.sha256(shard(3))).isEqualTo(digest);
    assertThat(back())
        .containsExactly(
            "1 v2 GATEWAY 3.2.1 release 3 place 1", "2 v2 GATEWAY 3.2.1 release 3 place 1");

    jobs.sql().change("update manifest set state = 'PREPARED' where rollback is not null");
    assertThat(jobs.<List<String>>with(s -> jobs.control().catchUp(s, NOW))).hasSize(2);
    assertThat(assignment(1, "state")).isEqualTo("ROLLBACK_ISSUED");
  }

  @Test
  @Tag("long")
  void anotherFailureLeavesWhatItIs() {
    report("none.csv", failed(0, 70, "INFOTAINMENT", 1, "5.4.2"));
    assertThat(assignment(0, "state, reason"))
        .isEqualTo("FAILED|permanent; nothing of it is installed");
    report(
        "exception.csv",
        installed(1, 60, "GATEWAY", 1, "3.3.0"),
        event(1, 70, "INFOTAINMENT", 1, ReportedState.FAILED, "5.4.2", "DEPENDENCY_MISSING"));
    assertThat(assignment(1, "state, reason")).isEqualTo("FAILED|permanent");
    report(
        "workshop.csv",
        installed(2, 60, "GATEWAY", 1, "3.3.0"),
        event(2, 70, "INFOTAINMENT", 1, ReportedState.FAILED, null, "ECU_UNRESPONSIVE"));
    assertThat(assignment(2, "state, reason")).isEqualTo("SERVICE_REQUIRED|workshop");
    assertThat(issue("night-1")).isEqualTo("media: 0 manifests to issue");
    assertThat(back()).isEmpty();
  }

  /** In the other order the earlier failure is the cause from the start. */
  @Test
  void anEarlierFailureThatComesLateCountsInPlaceOfOneThatAsksForAWorkshop() {
    report(
        "workshop.csv",
        installed(0, 60, "GATEWAY", 1, "3.3.0"),
        event(0, 80, "INFOTAINMENT", 1, ReportedState.FAILED, "5.4.2", "ECU_UNRESPONSIVE"));
    assertThat(assignment(0, "state, reason")).isEqualTo("SERVICE_REQUIRED|workshop");
    report("earlier.csv", failed(0, 70, "INFOTAINMENT", 1, "5.4.2"));
    assertThat(assignment(0, "state, error_code, reason"))
        .isEqualTo(
            "ROLLBACK_DUE|WRONG_HARDWARE|permanent, so what is installed of it is rolled back");
  }

  @Test
  @Tag("long")
  void anEcuThatDoesNotSayWhatItRunsGoesBackToo() {
    report(
        "mute.csv",
        installed(0, 60, "GATEWAY", 1, "3.3.0"),
        failed(0, 70, "INFOTAINMENT", 1, null));
    issue("night-1");
    assertThat(back())
        .as("in the reverse of the update's order")
        .containsExactly(
            "1 v2 INFOTAINMENT 5.4.2 release 3 place 0, GATEWAY 3.2.1 release 3 place 1");
    report(
        "back.csv",
        installed(0, 1500, "INFOTAINMENT", 2, "5.4.2"),
        installed(0, 1510, "GATEWAY", 2, "3.3.0"));
    assertThat(assignment(0, "state, error_code, failed_module, reason"))
        .isEqualTo(
            "ROLLBACK_DUE|WRONG_HARDWARE|INFOTAINMENT|permanent, so what is installed of it is rolled"
                + " back; its rollback failed with VERSION_MISMATCH in GATEWAY, retry after attempt 1"
                + " of 2");
    report("late.csv", installed(0, 1520, "GATEWAY", 2, "3.2.1"));
    assertThat(assignment(0, "state")).isEqualTo("ROLLED_BACK");
  }

  @Test
  void aPersonTakesAVehicleBackInTheReverseOrder() {
    wholeInstalled(0);
    assertThat(rollBack("bob", only(0)))
        .isEqualTo("media: rolled back by bob: smoke, 1 named vehicles; 1 vehicles are to go back");
    assertThat(assignment(0, "state, reason")).isEqualTo("ROLLBACK_DUE|rolled back by bob: smoke");

    JobExecution written =
        jobs.run(
            IssueManifestsJobConfiguration.JOB,
            IssueManifestsJobConfiguration.withdrawals("w1", CAMPAIGN));
    assertThat(JobHarness.summary(JobHarness.completed(written)))
        .isEqualTo("media: 2 images released again\nmedia: 1 manifests to take vehicles back");

    assertThat(back())
        .containsExactly(
            "1 v2 INFOTAINMENT 5.4.2 release 3 place 0, GATEWAY 3.2.1 release 3 place 1");
    report(
        "back.csv",
        installed(0, 1500, "INFOTAINMENT", 2, "5.4.2"),
        installed(0, 1510, "GATEWAY", 2, "3.2.1"));
    assertThat(assignment(0, "state, error_code, reason"))
        .isEqualTo("ROLLED_BACK|-|rolled back by bob: smoke");
    jobs.clock().forward(Duration.ofSeconds(1));
    assertThat(rollBack("bob", only(0)))
        .endsWith("; 0 vehicles are to go back; left alone: 1 ROLLED_BACK");
  }

  @Test
  @Tag("long")
  void aPersonTakesOverWhatWaitsToBeTriedAgain() {
    report(
        "failed.csv",
        installed(0, 60, "GATEWAY", 1, "3.3.0"),
        event(0, 70, "INFOTAINMENT", 1, ReportedState.FAILED, "5.4.2", "POWER_LOSS"),
        installed(1, 60, "GATEWAY", 1, "3.3.0"),
        event(1, 70, "INFOTAINMENT", 1, ReportedState.FAILED, "5.4.2", "POWER_LOSS"),
        installed(2, 60, "GATEWAY", 1, "3.3.0"),
        event(2, 70, "INFOTAINMENT", 1, ReportedState.FAILED, "5.4.2", "POWER_LOSS"),
        event(3, 70, "INFOTAINMENT", 1, ReportedState.FAILED, "5.4.2", "POWER_LOSS"));
    halfInstalled(4);
    assertThat(states("state"))
        .containsExactly(
            "RETRY_DUE", "RETRY_DUE", "RETRY_DUE", "RETRY_DUE", "ROLLBACK_DUE", "ISSUED");

    assertThat(rollBack("bob", new WithdrawnVehicles(null, List.of(VINS.get(0), VINS.get(3)))))
        .endsWith("; 1 vehicles are to go back; left alone: 1 RETRY_DUE");
    assertThat(jobs.withdraw("bob", CAMPAIGN, only(1))).endsWith("; 1 manifests withdrawn");
    jobs.ask(ControlAct.ABORT, CAMPAIGN, "smoke");
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "r1");
    assertThat(states("state, error_code, due_at, reason"))
        .containsExactly(
            "ROLLBACK_DUE|POWER_LOSS|-|rolled back by bob: smoke",
            "FAILED|POWER_LOSS|-|its manifest was withdrawn, so it is not tried again",
            "ROLLBACK_DUE|POWER_LOSS|-|its campaign is ABORTED, so it is not tried again, so what is"
                + " installed of it is rolled back",
            "FAILED|POWER_LOSS|-|its campaign is ABORTED, so it is not tried again; nothing of it is"
                + " installed",
            "ROLLBACK_DUE|WRONG_HARDWARE|-|permanent, so what is installed of it is rolled back",
            "ISSUED|-|-|-");
    assertThat(issue("night-1"))
        .endsWith(
            "media: 1 manifests to withdraw others\nmedia: 3 manifests to take vehicles back");

    for (int vehicle : new int[] {0, 2, 4}) {
      report(
          "again-%d.csv".formatted(vehicle),
          event(vehicle, 1500, "GATEWAY", 2, ReportedState.FAILED, "3.3.0", "POWER_LOSS"));
    }
    List<String> due = states("state, due_at");
    assertThat(due).filteredOn(row -> row.startsWith("ROLLBACK_DUE|2026-11-22")).hasSize(3);
    jobs.clock().forward(Duration.ofSeconds(1));
    assertThat(rollBack("bob", only(4))).endsWith("; 1 vehicles are to go back");
    assertThat(jobs.withdraw("bob", CAMPAIGN, only(0)))
        .endsWith("; 0 manifests withdrawn; left alone: 1 ROLLBACK_DUE");
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "r2");
    assertThat(states("state, due_at")).as("nobody shortens the wait").isEqualTo(due);
    assertThat(assignment(4, "reason")).isEqualTo("rolled back by bob: smoke");
    assertThat(issue("night-2")).doesNotContain("to take vehicles back");

    jobs.clock().forward(Duration.ofDays(1));
    assertThat(issue("night-3")).endsWith("media: 3 manifests to take vehicles back");
    report(
        "back.csv",
        installed(0, 3000, "GATEWAY", 3, "3.2.1"),
        installed(2, 3000, "GATEWAY", 3, "3.2.1"),
        installed(4, 3000, "GATEWAY", 3, "3.2.1"));
    assertThat(states("state"))
        .containsExactly("ROLLED_BACK", "FAILED", "ROLLED_BACK", "FAILED", "ROLLED_BACK", "ISSUED");
  }

  private List<String> states(String columns) {
    return IntStream.range(0, VINS.size()).mapToObj(n -> assignment(n, columns)).toList();
  }

  /** ECUs whose reports come late are taken back too. */
  @Test
  void whatARollbackDidNotNameGoesBackByAnotherOneOnceItSaysWhatItRuns() {
    report("mute.csv", failed(0, 70, "INFOTAINMENT", 1, null));
    issue("night-1");
    assertThat(back()).containsExactly("1 v2 INFOTAINMENT 5.4.2 release 3 place 0");
    report("late.csv", installed(0, 60, "GATEWAY", 1, "3.3.0"));
    assertThat(assignment(0, "state")).isEqualTo("ROLLBACK_ISSUED");
    report("back.csv", installed(0, 1500, "INFOTAINMENT", 2, "5.4.2"));
    assertThat(assignment(0, "state, due_at, reason"))
        .isEqualTo(
            "ROLLBACK_DUE|-|permanent, so what is installed of it is rolled back; its rollback did"
                + " not name GATEWAY, which does not run the version from before either");

    assertThat(issue("night-2")).endsWith("media: 1 manifests to take vehicles back");
    assertThat(back()).contains("1 v3 GATEWAY 3.2.1 release 3 place 1");
    report("whole.csv", installed(0, 1600, "GATEWAY", 3, "3.2.1"));
    assertThat(assignment(0, "state, error_code, reason"))
        .isEqualTo(
            "ROLLED_BACK|WRONG_HARDWARE|permanent, so what is installed of it is rolled back");
  }

  @Test
  @Tag("long")
  void aWholeCampaignIsPausedByItAndWhatVehiclesMayStillActOnIsLeft() {
    wholeInstalled(0);
    halfInstalled(1);
    report("none.csv", failed(2, 70, "GATEWAY", 1, "3.2.1"));
    assertThat(rollBack("bob", WithdrawnVehicles.ALL))
        .isEqualTo(
            "media: rolled back by bob: smoke, all vehicles; 2 vehicles are to go back; left alone:"
                + " 1 FAILED, 3 ISSUED (withdraw takes back what vehicles may still act on);"
                + " the campaign is PAUSED");
    issue("night-1");
    assertThat(back()).hasSize(2);
    assertThat(jobs.sql().rows("select state from campaign")).containsExactly("PAUSED");
    assertThatThrownBy(() -> rollBack("bob", new WithdrawnVehicles(3, List.of())))
        .hasMessage("campaign media has no wave 3, expected one of [1]");
  }

  @Test
  @Tag("long")
  void aRequestThatWaitsIsCarriedOutAndWrittenByTheNextIssuing() {
    wholeInstalled(0);
    new RequestFolder(jobs.home()).leave(rollback("bob", only(0)), TestOperators.key("bob"));
    assertThat(issue("night-1"))
        .endsWith("rolled back by bob: smoke, 1 named vehicles; 1 vehicles are to go back");
    assertThat(issue("night-2")).endsWith("media: 1 manifests to take vehicles back");
    assertThat(back()).hasSize(1);
  }

  @Test
  @Tag("long")
  void whilePausedOnlyWhatAPersonAskedForGoesBack() {
    halfInstalled(0);
    halfInstalled(1);
    jobs.ask(ControlAct.PAUSE, CAMPAIGN, "look");
    assertThat(issue("night-1"))
        .isEqualTo("media: 2 vehicles wait to go back: the campaign is PAUSED");
    assertThat(rollBack("bob", only(0))).endsWith("; 1 vehicles are to go back");
    assertThat(issue("night-2"))
        .isEqualTo(
            "media: 1 vehicles wait to go back: the campaign is PAUSED\nmedia: 1 images released"
                + " again\nmedia: 1 manifests to take vehicles back");
    assertThat(back()).containsExactly("1 v2 GATEWAY 3.2.1 release 3 place 1");
    jobs.ask(ControlAct.RESUME, CAMPAIGN, null);
    issue("night-3");
    assertThat(back()).hasSize(2);
  }

  @Test
  void anAbortedCampaignStillTakesBackWhatFailed() {
    halfInstalled(0);
    jobs.ask(ControlAct.ABORT, CAMPAIGN, "smoke");
    assertThat(issue("night-1")).isEqualTo(FIRST.replace("media: 0 manifests to issue\n", ""));
    assertThat(back()).hasSize(1);
  }

  @Test
  @Tag("long")
  void aCampaignThatCannotBeTrustedGoesBackByAPersonAlone() {
    halfInstalled(0);
    wholeInstalled(1);
    jobs.sql().change("update campaign set priority = 99");
    rollBack("bob", only(1));
    assertThat(issue("night-1"))
        .isEqualTo(
            """
            media: stopped, not trusted: rows of table campaign were altered in the store
            media: 1 vehicles wait to go back: the campaign is PAUSED
            media: 2 images released again
            media: 1 manifests to take vehicles back""");
    assertThat(back())
        .containsExactly(
            "2 v2 INFOTAINMENT 5.4.2 release 3 place 0, GATEWAY 3.2.1 release 3 place 1");
  }

  @Test
  @Tag("long")
  void aVehicleThatTurnsOutToHaveTheUpdateKeepsIt() {
    halfInstalled(0);
    jobs.plug().pullAt(1);
    jobs.run(
        IssueManifestsJobConfiguration.JOB, new RunParameters("night-1", null).toJobParameters());
    // Back to the moment before the shard is written.
    jobs.sql().change("update manifest set state = 'PREPARED' where rollback is not null");
    jobs.sql().change("update assignment set state = 'ROLLBACK_DUE' where state like 'ROLLBACK%'");
    Path shard = jobs.home().outbox().resolve("director/campaign=media/wave=1/shard-00003.zip");
    assertThat(shard.toFile().delete()).isTrue();

    report("late.csv", installed(0, 90, "INFOTAINMENT", 1, "5.5.0"));
    assertThat(assignment(0, "state")).isEqualTo("INSTALLED");
    assertThat(issue("night-2")).isEqualTo("media: 0 manifests to issue");
    assertThat(back()).isEmpty();
    assertThat(jobs.sql().rows("select version from dropped_manifest")).containsExactly("2");
  }

  @Test
  @Tag("long")
  void onceItsRollbackIsIssuedThatDecides() {
    halfInstalled(0);
    issue("night-1");
    report("late.csv", installed(0, 90, "INFOTAINMENT", 1, "5.5.0"));
    assertThat(assignment(0, "state, error_code")).isEqualTo("ROLLBACK_ISSUED|-");
    report("failed.csv", failed(0, 1500, "GATEWAY", 2, "3.3.0"));
    assertThat(assignment(0, "state, error_code, failed_module"))
        .isEqualTo("SERVICE_REQUIRED|WRONG_HARDWARE|GATEWAY");
    report("again.csv", installed(0, 95, "GATEWAY", 1, "3.3.0"));
    assertThat(assignment(0, "state")).isEqualTo("SERVICE_REQUIRED");
  }

  @Test
  @Tag("long")
  void aRollbackThatRanOutNeedsAWorkshopUntilALateReport() {
    halfInstalled(0);
    issue("night-1");
    jobs.clock().forward(Duration.ofDays(10));
    jobs.summary(ReconcileStatusJobConfiguration.JOB, "r9");
    assertThat(assignment(0, "state")).as("it is never silent").isEqualTo("ROLLBACK_ISSUED");
    jobs.sql().change("update manifest set expires_at = issued_at where rollback is not null");
    report("begun.csv", event(0, 1500, "GATEWAY", 2, ReportedState.INSTALLING, "3.3.0", null));
    assertThat(assignment(0, "state, reason"))
        .isEqualTo("SERVICE_REQUIRED|its rollback ran out without an outcome");
    report("more.csv", event(0, 1505, "GATEWAY", 2, ReportedState.INSTALLING, "3.3.0", null));
    assertThat(assignment(0, "state")).isEqualTo("SERVICE_REQUIRED");
    report("late.csv", installed(0, 1510, "GATEWAY", 2, "3.2.1"));
    assertThat(assignment(0, "state")).isEqualTo("ROLLED_BACK");
  }

  @Test
  void aVehicleWithoutAWayBackIsOnTheWorkshopList() throws IOException {
    halfInstalled(0);
    halfInstalled(1);
    halfInstalled(2);
    exportEcu("unit.csv", 1, "GATEWAY", "5Q0-2", "3.3.0");
    exportEcu("flashed.csv", 2, "GATEWAY", "5Q0-1", "3.2.1");
    jobs.sql()
        .change(
            "update update_definition set withdrawn_at = now()::timestamp, withdrawn_reason = 'smoke'"
                + " where name = 'base'");

    assertThat(issue("night-1"))
        .isEqualTo(
            "media: 2 vehicles cannot go back: SERVICE_REQUIRED\nmedia: 1 vehicles run the versions"
                + " from before: ROLLED_BACK\nmedia: 0 manifests to issue");

    assertThat(assignment(0, "state, reason"))
        .isEqualTo(
            "SERVICE_REQUIRED|it cannot go back: no image of GATEWAY 3.2.1 that may be installed on"
                + " hardware 5Q0-1 is registered; permanent, so what is installed of it is rolled"
                + " back");
    assertThat(assignment(1, "reason"))
        .startsWith("it cannot go back: its GATEWAY has hardware 5Q0-2, and had 5Q0-1; ");
    assertThat(assignment(2, "state, reason"))
        .isEqualTo("ROLLED_BACK|its ECUs run the versions from before the update");
    report("late.csv", event(0, 80, "INFOTAINMENT", 1, ReportedState.INSTALLING, "5.4.2", null));
    assertThat(assignment(0, "state")).isEqualTo("SERVICE_REQUIRED");

    jobs.summary(PublishReportsJobConfiguration.JOB, "night-1");
    assertThat(
            Files.readAllLines(jobs.home().reports().resolve("night-1/workshop.csv")).stream()
                .limit(3)
                .toList())
        .isEqualTo(
            List.of(
                "Campaign,VIN,Model,Region,Module,Found version,Expected version,Cause,Since,Why",
                "media,%s,Brevik,DE,GATEWAY,3.3.0,3.2.1,WRONG_HARDWARE,2026-11-22T02:30:00+01:00,\"%s\""
                    .formatted(VINS.get(0), assignment(0, "reason")),
                "media,%s,Brevik,DE,INFOTAINMENT,5.4.2,5.4.2,WRONG_HARDWARE,2026-11-22T02:30:00+01:00,\"%s\""
                    .formatted(VINS.get(0), assignment(0, "reason"))));

    jobs.sql().change("update update_definition set withdrawn_at = null where name = 'base'");
    assertThat(rollBack("bob", only(0))).endsWith("; 1 vehicles are to go back");
    issue("night-2");
    assertThat(back()).containsExactly("1 v2 GATEWAY 3.2.1 release 3 place 1");
  }

  @Test
  void vehiclesWaitUntilPeopleHaveSignedTheNewRelease() throws IOException {
    halfInstalled(0);
    SigningKey key = TestRoots.takeAway(jobs, KeyRole.IMAGE_TARGETS);
    JobExecution issue =
        jobs.run(
            IssueManifestsJobConfiguration.JOB,
            new RunParameters("night-1", null).toJobParameters());
    assertThat(JobHarness.summary(JobHarness.completed(issue)))
        .isEqualTo(
            "media: 1 images released again\nimage repository: its targets wait for signatures:"
                + " ./convoy keys export image-targets; not listed yet: GATEWAY.3.gateway-3.2.1.bin\n"
                + "media: 1 vehicles wait to go back: release GATEWAY 3 of update base 1.0.0 is not"
                + " listed by the image repository: its 1.targets.json waits for a newer one with"
                + " signatures\nmedia: 0 manifests to issue");
    assertThat(JobSummary.isDistrusted(issue)).isTrue();
    assertThat(back()).isEmpty();
    assertThat(assignment(0, "state")).isEqualTo("ROLLBACK_DUE");

    jobs.with(
        store -> {
          try {
            ImageList list =
                new ImageList(
                    jobs.home(), jobs.settings(), Repositories.of(jobs.home(), jobs.settings()));
            ImageTargets next = list.next(store, jobs.clock().instant());
            return list.take(
                store,
                SignedDocument.parse(
                    SignedDocument.sign(next.content(), List.of(key)), "2.targets.json"),
                jobs.clock().instant());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertThat(issue("night-2"))
        .isEqualTo("media: 0 manifests to issue\nmedia: 1 manifests to take vehicles back");
    assertThat(back()).containsExactly("1 v2 GATEWAY 3.2.1 release 3 place 1");
  }

  @Test
  @Tag("long")
  void rowsThatNobodySignedTakeNothingBack() {
    wholeInstalled(0);
    wholeInstalled(1);
    rollBack("bob", only(0));
    jobs.sql()
        .change(
            "update assignment set state = 'ROLLBACK_DUE', rollback = 1 where vin = '%s'"
                .formatted(VINS.get(1)));
    String signed = jobs.sql().rows("select vehicles from rollback").get(0);
    jobs.sql().change("update rollback set vehicles = '{}'");
    assertRefused("w1", 2, "signed act 5: bob signed for other vehicles than these: all vehicles");
    jobs.sql().change("update rollback set act = 3");
    assertRefused("w2", 2, "signed act 3: found SUBMITTED, expected ROLLED_BACK");
    jobs.sql().change("update rollback set act = 77");
    assertRefused("w3", 2, "signed act 77 is not in the store");
    jobs.sql().change("update rollback set rollback = 2");
    assertRefused("w4", 2, "found no rollback 1 of campaign media");
    assertThat(back()).isEmpty();
    jobs.sql()
        .change("update rollback set rollback = 1, act = 5, vehicles = '%s'".formatted(signed));
    assertRefused(
        "w5", 1, "it is signed for 1 named vehicles, found vehicle " + VINS.get(1) + " of wave 1");
    assertThat(back())
        .as("the other one keeps what is signed from nothing")
        .singleElement()
        .asString()
        .startsWith("1 v2 ");
  }

  private void assertRefused(String run, int vehicles, String why) {
    JobExecution execution = takeBack(run);
    assertThat(JobHarness.summary(execution))
        .startsWith(
            "media: %d vehicles are not told to go back, their rollback is not trusted: %s"
                .formatted(vehicles, why));
    assertThat(JobSummary.isDistrusted(execution)).isTrue();
  }

  private JobExecution takeBack(String run) {
    return JobHarness.completed(
        jobs.run(
            IssueManifestsJobConfiguration.JOB,
            IssueManifestsJobConfiguration.withdrawals(run, CAMPAIGN)));
  }

  /** What a row makes of a prepared shard is found when it is due; it holds its vehicle no more. */
  @Test
  @Tag("long")
  void anotherImageThanThatFromBeforeIsNotSigned() throws IOException {
    wholeInstalled(0);
    rollBack("bob", only(0));
    prepare("night-1", 3);
    jobs.sql().change("update re_release set update_name = 'media' where module = 'GATEWAY'");
    assertDropped("w1", 3, "it names something else than the images from before the campaign");
    jobs.sql().change("update re_release set update_name = 'base' where module = 'GATEWAY'");
    prepare("night-2", 4);
    jobs.sql().change("delete from signed_act where subject = 'update base 1.0.0'");
    assertDropped("w2", 4, "update base 1.0.0 cannot be trusted");
  }

  /**
   * Up to the moment before the shard is written.
   *
   * @return the digest of what was written of it
   */
  private String prepare(String run, int number) throws IOException {
    jobs.cutOff(IssueManifestsJobConfiguration.JOB, run, 1);
    jobs.sql().change("update manifest set state = 'PREPARED' where rollback is not null");
    jobs.sql().change("update assignment set state = 'ROLLBACK_DUE' where state like 'ROLLBACK%'");
    String digest = FileDigest.sha256(shard(number));
    Files.delete(shard(number));
    return digest;
  }

  private Path shard(int number) {
    return jobs.home()
        .outbox()
        .resolve("director/campaign=media/wave=1/shard-%05d.zip".formatted(number));
  }

  private void assertDropped(String run, int shard, String why) {
    JobExecution execution = takeBack(run);
    assertThat(JobHarness.summary(execution))
        .endsWith(
            "\nmedia: wave 1 shard %d is not written, its rollback is not trusted: %s"
                .formatted(shard, why));
    assertThat(JobSummary.isDistrusted(execution)).isTrue();
    assertThat(back()).isEmpty();
    assertThat(jobs.sql().rows("select vin from manifest where state = 'PREPARED'")).isEmpty();
    assertThat(jobs.sql().rows("select vin, reason from refused_rollback"))
        .containsExactly(VINS.get(0) + "|" + why);
  }

  @Test
  void anAbortMeansThatNoAttemptFollowsAndTheVehicleGoesBack() {
    jobs.sql()
        .change("update assignment set state = 'RETRY_DUE' where vin = '" + VINS.get(5) + "'");
    jobs.ask(ControlAct.ABORT, CAMPAIGN, "smoke");
    assertThat(jobs.sql().rows("select vin from fold_queue")).containsExactly(VINS.get(5));
    assertThat(assignment(5, "state")).isEqualTo("FAILED");
  }

  /** A vehicle that went back refuses the update's own counters, and no other vehicle does. */
  @Test
  @Tag("long")
  void aLaterCampaignGivesItTheSameUpdateUnderAHigherCounter() throws IOException {
    halfInstalled(0);
    issue("night-1");
    report("back.csv", installed(0, 1500, "GATEWAY", 2, "3.2.1"));
    jobs.ask(ControlAct.ABORT, CAMPAIGN, "done");
    jobs.withdraw("bob", CAMPAIGN, WithdrawnVehicles.ALL);
    another("again");
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-2");
    TestHome.approve(jobs, "again", "bob");
    jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-2");
    jobs.summary(PlanWavesJobConfiguration.JOB, "night-2");

    assertThat(issue("night-2"))
        .isEqualTo("again: 6 manifests to issue\nmedia: 5 manifests to withdraw others");

    assertThat(
            jobs.sql()
                .rows("select module, release_counter, update_name from re_release order by all"))
        .containsExactly("GATEWAY|3|base", "GATEWAY|4|media");
    assertThat(back())
        .contains(
            "1 v3 GATEWAY 3.3.0 release 4 place 1, INFOTAINMENT 5.5.0 release 2 place 2",
            "2 v3 GATEWAY 3.3.0 release 2 place 1, INFOTAINMENT 5.5.0 release 2 place 2");
  }
}

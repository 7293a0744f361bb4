package convoy.jobs.publishoutbox;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.campaign.EndAct;
import convoy.data.campaign.PlannedEnd;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.delivery.OutboxPath;
import convoy.data.duckdb.CampaignEnds;
import convoy.data.duckdb.Issuing;
import convoy.data.io.FileDigest;
import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.TestOperators;
import convoy.jobs.control.RequestFolder;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.publishoutbox.DeliveryPlan.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/**
 * The outbox of a night, published to a folder: a root, images of two updates, a shard of one
 * campaign and three of the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishOutboxJobTest {
  private final Path issued;
  private JobHarness jobs;
  private Path share;
  private int runs;

  PublishOutboxJobTest(@TempDir Path folder) {
    issued = folder.resolve("issued");
    try (JobHarness night =
        new JobHarness(
            TestHome.planned(
                issued,
                "manifests: {chunk-vehicles: 5}\npublish: {to: FOLDER, folder: ../share/fleet}\n"))) {
      night.summary(IssueManifestsJobConfiguration.JOB, "night-1");
    }
  }

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    jobs = new JobHarness(TestHome.copy(issued, folder.resolve("home")));
    share = Files.createDirectories(folder.resolve("share/fleet"));
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  private JobExecution publish(Scope scope) {
    return jobs.run(
        PublishOutboxJobConfiguration.JOB,
        PublishOutboxJobConfiguration.parameters("publish-" + ++runs, scope));
  }

  private String published(Scope scope) {
    return JobHarness.summary(JobHarness.completed(publish(scope)));
  }

  private Path outbox() {
    return jobs.home().outbox();
  }

  /** In the order in which they are published. */
  private List<OutboxPath> files() {
    return TestHome.files(outbox()).stream()
        .map(file -> new OutboxPath(file.toString()))
        .sorted()
        .toList();
  }

  private List<String> audited() {
    return jobs.sql()
        .rows("select subject from audit_log where act = 'FILE_PUBLISHED' order by seq");
  }

  private void assertPublished(List<OutboxPath> files) throws IOException {
    assertThat(TestHome.files(share).stream().map(Path::toString))
        .containsExactlyInAnyOrderElementsOf(files.stream().map(OutboxPath::text).toList());
    for (OutboxPath file : files) {
      assertThat(share.resolve(file.text())).hasSameBinaryContentAs(outbox().resolve(file.text()));
    }
    assertThat(jobs.sql().rows("select path from published_file order by path"))
        .containsExactlyElementsOf(files.stream().map(OutboxPath::text).sorted().toList());
  }

  @Test
  void allOfItIsPublishedInOrderAndOnce() throws IOException {
    long bytes = 0;
    for (OutboxPath file : files()) {
      bytes += Files.size(outbox().resolve(file.text()));
    }
    assertThat(published(Scope.NEW))
        .isEqualTo(
            "%s: %d files published, %,d bytes; 0 were published before"
                .formatted(share, files().size(), bytes));
    assertPublished(files());
    assertThat(audited())
        .containsExactlyElementsOf(files().stream().map(OutboxPath::text).toList());

    assertThat(published(Scope.NEW))
        .isEqualTo(
            "%s: 0 files published, 0 bytes; %d were published before"
                .formatted(share, files().size()));
    assertThat(audited()).hasSize(files().size());
  }

  @Test
  void afterACutItGoesOnWithTheFileThatWasOnItsWay() throws IOException {
    int all = files().size();
    for (int cut = 1; cut <= all; cut++) {
      jobs.plug().pullAt(2);
      JobExecution execution = publish(Scope.NEW);
      if (cut < all) {
        assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
      }
      assertThat(TestHome.files(share)).hasSize(cut);
    }
    assertPublished(files());
    assertThat(audited())
        .containsExactlyElementsOf(files().stream().map(OutboxPath::text).toList());
  }

  @Test
  void whatStoodThereUnrecordedIsRecordedAndNotCopied() throws IOException {
    OutboxPath first = files().get(0);
    Path there = share.resolve(first.text());
    Files.createDirectories(there.getParent());
    Files.copy(outbox().resolve(first.text()), there);
    FileTime time = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    Files.setLastModifiedTime(there, time);

    assertThat(published(Scope.NEW)).endsWith("; 1 stood there already; 0 were published before");
    assertThat(Files.getLastModifiedTime(there)).isEqualTo(time);
    assertPublished(files());
  }

  @Test
  void whatTheDestinationHasLostIsCopiedAgainWhenAsked() throws IOException {
    published(Scope.NEW);
    OutboxPath lost = files().get(files().size() - 1);
    Files.delete(share.resolve(lost.text()));
    assertThat(published(Scope.NEW)).contains(": 0 files published, ");
    assertThat(published(Scope.ALL))
        .isEqualTo(
            "%s: 1 files published, %,d bytes; %d were published before"
                .formatted(share, Files.size(outbox().resolve(lost.text())), files().size() - 1));
    assertPublished(files());
  }

  @Test
  void aChangedFileIsCopiedAgainWhereItsNameAllowsAndATouchedOneIsNot() throws IOException {
    Path timestamp = outbox().resolve("image/timestamp.json");
    Files.createDirectories(timestamp.getParent());
    Files.writeString(timestamp, "{\"version\":1}");
    published(Scope.NEW);

    Files.writeString(timestamp, "{\"version\":2}");
    Files.setLastModifiedTime(timestamp, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    Path root = outbox().resolve("director/1.root.json");
    Files.setLastModifiedTime(root, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    assertThat(published(Scope.NEW)).contains(": 1 files published, 13 bytes; ");
    assertPublished(files());
    assertThat(audited().subList(files().size(), files().size() + 1))
        .containsExactly("image/timestamp.json");
    assertThat(published(Scope.NEW)).contains(": 0 files published, ");
  }

  @Test
  void aPublishedShardThatChangedIsRefusedWithAllThatComesAfterIt() throws IOException {
    List<Path> shards = shards();
    Path last = shards.get(shards.size() - 1);
    Path later = last.resolveSibling(".later");
    Files.move(last, later);
    published(Scope.NEW);
    Files.move(later, last);
    Path first = shards.get(0);
    String before = FileDigest.sha256(first);
    Files.writeString(first, "no shard");

    JobExecution execution = JobHarness.completed(publish(Scope.NEW));
    assertThat(JobSummary.isDistrusted(execution)).isTrue();
    assertThat(JobHarness.summary(execution))
        .contains(
            "\nNOT PUBLISHED, nor what comes after it: %s: found SHA-256 %s, expected %s as it was published "
                .formatted(outbox().relativize(first), FileDigest.sha256(first), before));
    assertThat(share.resolve(outbox().relativize(last).toString())).doesNotExist();
    assertThat(FileDigest.sha256(share.resolve(outbox().relativize(first).toString())))
        .isEqualTo(before);
  }

  @Test
  void anImageThatIsNotWhatItsNameSaysKeepsAllShardsBack() throws IOException {
    Path image = outbox().resolve(files().get(0).text());
    Files.writeString(image, "no image");
    JobExecution execution = JobHarness.completed(publish(Scope.NEW));
    assertThat(JobSummary.isDistrusted(execution)).isTrue();
    assertThat(JobHarness.summary(execution)).endsWith(", expected that of its name");
    assertThat(TestHome.files(share)).isEmpty();
  }

  @Test
  void otherBytesAtTheDestinationAreLeft() throws IOException {
    Path there = share.resolve("director/1.root.json");
    Files.createDirectories(there.getParent());
    Files.writeString(there, "another root");
    JobExecution execution = JobHarness.completed(publish(Scope.NEW));
    assertThat(JobSummary.isDistrusted(execution)).isTrue();
    assertThat(JobHarness.summary(execution))
        .contains("NOT PUBLISHED, nor what comes after it: " + there + ": found SHA-256 ");
    assertThat(there).hasContent("another root");
  }

  @Test
  void aCampaignThatIsPausedMeanwhileReachesNoFurtherVehicleUntilItIsResumed() throws IOException {
    List<OutboxPath> media =
        files().stream().filter(f -> f.campaign().equals(Optional.of(MEDIA))).toList();
    assertThat(media).hasSize(3);
    int beforeMedia = files().size() - media.size();
    // While the first of its shards is on its way.
    Runnable pause =
        () ->
            new RequestFolder(jobs.home())
                .leave(
                    ControlRequest.of(
                        ControlAct.PAUSE, MEDIA, "carol", "smoke", jobs.clock().instant()),
                    TestOperators.key("carol"));
    for (int i = 0; i < beforeMedia; i++) {
      Runnable next = pause;
      pause = () -> jobs.plug().doNext(next);
    }
    jobs.plug().doNext(pause);

    assertThat(published(Scope.NEW))
        .contains("\n" + MEDIA + ": paused by carol: smoke; ")
        .endsWith("\nheld back: 2 files, " + MEDIA + ": its campaign is PAUSED");
    assertPublished(files().stream().filter(f -> !media.subList(1, 3).contains(f)).toList());

    jobs.ask(ControlAct.RESUME, MEDIA, null);
    assertThat(published(Scope.NEW)).contains(": 2 files published, ");
    assertPublished(files());
  }

  @Test
  void whatWithdrawsManifestsReachesTheVehiclesOfACampaignThatIsPaused() throws IOException {
    int before = files().size();
    List<OutboxPath> held =
        files().stream().filter(f -> f.campaign().equals(Optional.of(MEDIA))).toList();
    assertThat(jobs.withdraw("bob", MEDIA, new WithdrawnVehicles(null, List.of())))
        .endsWith("; the campaign is PAUSED");
    jobs.summary(IssueManifestsJobConfiguration.JOB, "night-2");
    assertThat(files()).hasSize(before + held.size());

    assertThat(published(Scope.NEW))
        .endsWith("\nheld back: 3 files, " + MEDIA + ": its campaign is PAUSED");
    assertPublished(files().stream().filter(f -> !held.contains(f)).toList());
    // Before the shard of the brakes, which is the first by its name.
    assertThat(audited().stream().map(path -> new OutboxPath(path).campaign()))
        .endsWith(Optional.of(MEDIA), Optional.of(MEDIA), Optional.of(MEDIA), Optional.of(BRAKES));
  }

  @Test
  void whatAnEndedCampaignHadNotPublishedReachesNoVehicle() throws IOException {
    List<OutboxPath> media =
        files().stream().filter(f -> f.campaign().equals(Optional.of(MEDIA))).toList();
    for (OutboxPath late : media.subList(1, 3)) {
      Path file = outbox().resolve(late.text());
      Files.move(file, file.resolveSibling("." + file.getFileName()));
    }
    published(Scope.NEW);
    for (OutboxPath late : media.subList(1, 3)) {
      Path file = outbox().resolve(late.text());
      Files.move(file.resolveSibling("." + file.getFileName()), file);
    }
    PlannedEnd end =
        new PlannedEnd(LocalDateTime.parse("2026-11-21T00:00"), ZoneOffset.UTC, EndAct.STOP);
    jobs.with(
        store ->
            CampaignEnds.carryOut(
                store,
                MEDIA,
                end,
                new Issuing.Packing(5, Duration.ofDays(30)),
                jobs.clock().instant()));
    assertThat(jobs.sql().rows("select state from campaign where campaign = '" + MEDIA + "'"))
        .containsExactly("RUNNING");

    // The one that was published is put where it is missing.
    Files.delete(share.resolve(media.get(0).text()));
    assertThat(published(Scope.ALL))
        .contains(": 1 files published, ")
        .endsWith("\nheld back: 2 files, " + MEDIA + ": its campaign has ended");
    assertPublished(files().stream().filter(f -> !media.subList(1, 3).contains(f)).toList());
  }

  @Test
  void aDeliveryThatFailsSaysWhatWasDoneUntilThen() {
    new RequestFolder(jobs.home())
        .leave(
            ControlRequest.of(ControlAct.PAUSE, MEDIA, "carol", "smoke", jobs.clock().instant()),
            TestOperators.key("carol"));
    jobs.plug().pullAt(files().size());
    JobExecution execution = publish(Scope.NEW);
    assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(JobHarness.summary(execution))
        .startsWith(share + ": " + (files().size() - 3) + " files published, ")
        .contains("\n" + MEDIA + ": paused by carol: smoke; ")
        .endsWith("\nheld back: 2 files, " + MEDIA + ": its campaign is PAUSED");
  }

  @Test
  void aShareThatIsNotMountedIsNotFilledBesideIt() throws IOException {
    Files.delete(share);
    JobExecution execution = publish(Scope.NEW);
    assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(execution.getAllFailureExceptions())
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo(
            "publish.folder "
                + share
                + ": found no folder there, expected one; is its share mounted?");
    assertThat(share).doesNotExist();
  }

  private List<Path> shards() {
    return files().stream()
        .filter(f -> f.campaign().isPresent())
        .map(f -> outbox().resolve(f.text()))
        .toList();
  }
}

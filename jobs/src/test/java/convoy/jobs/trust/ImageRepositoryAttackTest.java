package convoy.jobs.trust;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.duckdb.FleetStore;
import convoy.data.error.ConvoyException;
import convoy.data.manifest.ImageEntry;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChanges;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.PublicKey;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.TestHome;
import convoy.jobs.TestRoots;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.repository.ImageList;
import convoy.jobs.repository.Repositories;
import convoy.jobs.repository.RepositoryEnds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/** What issuing does when the image repository or a key is not as it must be. */
class ImageRepositoryAttackTest extends TamperedCampaign {
  private static final String BRAKES_IMAGE = "ABS.1.abs-2.1.0.bin";

  ImageRepositoryAttackTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void nothingIsIssuedUntilPeopleHaveSignedTheListOfImages() throws IOException {
    SigningKey key = TestRoots.takeAway(jobs, KeyRole.IMAGE_TARGETS);
    JobExecution issue = issue("night-2");
    assertThat(JobHarness.summary(issue))
        .startsWith(
            "image repository: its targets wait for signatures: ./convoy keys export"
                + " image-targets; not listed yet: "
                + BRAKES_IMAGE
                + ", ")
        .endsWith("\nnothing is issued: image/timestamp.json: missing, expected this file");
    assertThat(JobSummary.isDistrusted(issue)).isTrue();
    assertThat(Outbox.shards(home().outbox())).isEmpty();

    jobs.with(
        store -> {
          ImageTargets all = next(store);
          SignedDocument forged = sign(all, SigningKey.generate());
          assertThatThrownBy(() -> take(store, forged))
              .isInstanceOf(ConvoyException.class)
              .hasMessageStartingWith(
                  "1.targets.json: signed by 0 keys of the targets role, expected 1: key ");
          assertThat(home().outbox().resolve("image/1.targets.json")).doesNotExist();
          return take(store, sign(all, key));
        });
    assertThat(JobHarness.summary(issue("night-3")))
        .isEqualTo(BRAKES + ": 2 manifests to issue\n" + MEDIA + ": 12 manifests to issue");
    assertThat(Outbox.manifests(home().outbox(), JobHarness.NOW)).isNotEmpty();
  }

  @Test
  void aCampaignWhoseImageIsNotListedWaitsAndTheOtherIsIssued() throws IOException {
    SigningKey key = TestRoots.takeAway(jobs, KeyRole.IMAGE_TARGETS);
    jobs.with(
        store -> {
          ImageTargets all = next(store);
          SortedMap<String, ImageEntry> images = new TreeMap<>(all.images());
          images.put("ABS.1.abs-2.0.0.bin", images.remove(BRAKES_IMAGE));
          return take(store, sign(new ImageTargets(all.version(), all.expires(), images), key));
        });
    assertWaits(
        "; not listed yet: " + BRAKES_IMAGE + "; no longer to be listed: ABS.1.abs-2.0.0.bin",
        "image %s is not listed by the image repository: its 1.targets.json waits for a newer one with signatures"
            .formatted(BRAKES_IMAGE));
  }

  @Test
  void aCampaignWhoseImageIsListedAsAnotherReleaseWaits() throws IOException {
    SigningKey key = TestRoots.takeAway(jobs, KeyRole.IMAGE_TARGETS);
    jobs.with(
        store -> {
          ImageTargets all = next(store);
          SortedMap<String, ImageEntry> images = new TreeMap<>(all.images());
          images.computeIfPresent(
              BRAKES_IMAGE,
              (name, image) ->
                  new ImageEntry(
                      image.module(),
                      image.version(),
                      image.releaseCounter() + 1,
                      image.hardwareIds(),
                      image.clear(),
                      image.encrypted()));
          return take(store, sign(new ImageTargets(all.version(), all.expires(), images), key));
        });
    assertWaits(
        "; not listed yet: " + BRAKES_IMAGE,
        "image %s: the image repository says something else of it than update abs-brake-hold 2.1.0"
            .formatted(BRAKES_IMAGE));
  }

  private void assertWaits(String differences, String reason) {
    JobExecution issue = issue("night-2");
    assertThat(JobHarness.summary(issue))
        .isEqualTo(
            "image repository: its targets wait for signatures: ./convoy keys export image-targets%s\n%s: nothing is issued: %s\n%s: 12 manifests to issue"
                .formatted(differences, BRAKES, reason, MEDIA));
    assertThat(JobSummary.isDistrusted(issue)).isTrue();
    assertThat(jobs.sql().rows("select campaign, state from campaign order by all"))
        .containsExactly(BRAKES + "|RUNNING", MEDIA + "|RUNNING");
    assertThat(Outbox.manifests(home().outbox(), JobHarness.NOW))
        .hasSize(12)
        .allMatch(manifest -> manifest.campaign().equals(MEDIA));
  }

  @Test
  void aKeyThatRunsOutIsWarnedOfAndThenSignsNothing() throws IOException {
    SigningKey next = TestRoots.rotate(jobs, KeyRole.DIRECTOR_TARGETS, Duration.ofDays(60));
    assertThat(JobHarness.summary(issue("night-2"))).startsWith(BRAKES);
    jobs.clock().forward(Duration.ofDays(30));
    String warning =
        "warning: key %s of director-targets runs out at 2027-01-20T01:30:00Z: ./convoy keys rotate director-targets\n"
            .formatted(next.publicKey().shortId());
    assertThat(JobHarness.summary(issue("night-3"))).startsWith(warning);
    assertItIsSaidAlsoWhereSomethingElseKeepsAllBack(warning);
    jobs.clock().forward(Duration.ofDays(30));
    assertThat(JobHarness.summary(issue("night-4")))
        .matches(
            "(?s).*\nnothing is issued: .*p12: the key ran out at 2027-01-20T01:30:00Z, expected a"
                + " newer one: ./convoy keys rotate director-targets");
  }

  private void assertItIsSaidAlsoWhereSomethingElseKeepsAllBack(String warning) throws IOException {
    jobs.sql().change("update manifest set issued_at = issued_at + interval 50 day");
    assertThat(JobHarness.summary(issue("set-back")))
        .isEqualTo(
            warning
                + "nothing is issued: the clock shows 2026-12-21T01:30:00Z, expected no time before"
                + " 2027-01-10T01:30:00Z, when the last manifest was issued");
    jobs.sql().change("update manifest set issued_at = issued_at - interval 50 day");

    RootMetadata root = TestRoots.root(jobs, Repository.DIRECTOR);
    PublicKey snapshot = root.keys(KeyRole.DIRECTOR_SNAPSHOT).keys().values().iterator().next();
    Path file = home().keys().resolve("director/snapshot-%s.p12".formatted(snapshot.idPrefix()));
    byte[] sound = Files.readAllBytes(file);
    Files.writeString(file, "no key");
    assertThat(JobHarness.summary(issue("no-key")))
        .startsWith(warning + "nothing is issued: " + file + ": ");
    assertThat(
            jobs.sql()
                .rows(
                    "select what, role, state, warning is null from repository_part where state <> 'holds' and role not like '%root' order by position"))
        .containsExactly(
            "key|director-targets|signs, in the home|false",
            "key|director-targets|signs nothing any more, what it signed is taken|true",
            "key|director-snapshot|does not open|false",
            "key|director-timestamp|signs, in the home|true",
            "key|image-targets|signs, in the home|true",
            "key|image-snapshot|signs, in the home|true",
            "key|image-timestamp|signs, in the home|true");
    // Nor does it keep back what comes after it: the list of images has 335 days left.
    Repositories repositories = Repositories.of(home(), jobs.settings());
    assertThat(
            RepositoryEnds.of(
                    repositories, images(), null, Duration.ofDays(340), jobs.clock().instant())
                .warnings())
        .containsExactly(
            warning.substring("warning: ".length()).strip(),
            "the image repository's targets run out at 2027-11-21T01:30:00Z: ./convoy keys export image-targets");
    Files.write(file, sound);
  }

  @Test
  void aRootThatWasSetBackOrAKeyThatIsMissingStopsEverything() throws IOException {
    issue("night-2");
    List<Path> before = Outbox.shards(home().outbox());
    RootMetadata first = TestRoots.root(jobs, Repository.DIRECTOR);
    TestRoots.follow(jobs, Repository.DIRECTOR, RootChanges.renew(first, first.expires()));
    Files.delete(home().keys().resolve("director/2.root.json"));
    assertThat(JobHarness.summary(issue("night-3")))
        .isEqualTo(
            "nothing is issued: the root of the Director was set back: found version 1, expected 2"
                + " or later, which the audit log tells of");

    TestRoots.follow(jobs, Repository.DIRECTOR, RootChanges.renew(first, first.expires()));
    TestRoots.takeAway(jobs, KeyRole.DIRECTOR_SNAPSHOT);
    assertThat(JobHarness.summary(issue("night-4")))
        .matches(
            "warning: key [0-9a-f]{12}… of director-snapshot is not at hand, which signs unattended\nnothing is issued: .*/keys/director: found no key of director-snapshot, expected one of"
                + " \\[[0-9a-f]{12}…], which 2.root.json lists");
    assertThat(Outbox.shards(home().outbox())).isEqualTo(before);
  }

  @Test
  @Tag("long")
  void nothingIsSignedAnewWhileNothingChangedAndTimeIsLeft() throws IOException {
    issue("night-2");
    Map<String, String> before = contents();
    assertThat(before.keySet())
        .containsExactly("1.root.json", "1.snapshot.json", "1.targets.json", "timestamp.json");
    jobs.clock().forward(Duration.ofDays(15));
    issue("night-3");
    assertThat(contents()).isEqualTo(before);

    jobs.clock().forward(Duration.ofDays(1));
    issue("night-4");
    assertThat(contents())
        .containsAllEntriesOf(
            Map.of("1.targets.json", String.valueOf(before.get("1.targets.json"))))
        .containsKey("2.snapshot.json")
        .doesNotContainKey("2.targets.json");
    assertThat(
            jobs.sql()
                .rows(
                    "select subject from audit_log where act = 'METADATA_PUBLISHED' order by seq"))
        .containsExactly(
            "director/1.root.json",
            "image/1.root.json",
            "image/1.targets.json",
            "image/1.snapshot.json",
            "image/2.snapshot.json");
  }

  /** docs/delivery.md allows it; the number has been seen by vehicles. */
  @Test
  @Tag("long")
  void whatWasTakenOutOfTheOutboxIsSignedAnewUnderANewNumber() throws IOException {
    issue("night-2");
    for (String taken : List.of("1.targets.json", "1.snapshot.json", "timestamp.json")) {
      Files.delete(home().outbox().resolve("image").resolve(taken));
    }
    issue("night-3");
    assertThat(contents().keySet())
        .containsExactly("1.root.json", "2.snapshot.json", "2.targets.json", "timestamp.json");
  }

  @Test
  @Tag("long")
  void aFormerKeySignsNothingAndItsEndIsNobodysConcern() throws IOException {
    TestRoots.rotate(jobs, KeyRole.IMAGE_TARGETS, Duration.ofDays(30));
    TestRoots.rotate(jobs, KeyRole.DIRECTOR_SNAPSHOT, Duration.ofDays(30));
    SigningKey targets = TestRoots.rotate(jobs, KeyRole.IMAGE_TARGETS, Duration.ofDays(500));
    TestRoots.rotate(jobs, KeyRole.DIRECTOR_SNAPSHOT, Duration.ofDays(500));
    jobs.clock().forward(Duration.ofDays(31));
    JobExecution issue = issue("night-2");
    assertThat(JobHarness.summary(issue)).startsWith(BRAKES + ": ");
    assertThat(JobSummary.isDistrusted(issue)).isFalse();
    assertThat(contents().get("1.targets.json"))
        .containsOnlyOnce("\"keyid\":")
        .contains("\"keyid\":\"" + targets.keyid() + "\"");

    SigningKey snapshot = TestRoots.takeAway(jobs, KeyRole.DIRECTOR_SNAPSHOT);
    assertThat(JobHarness.summary(issue("night-3")))
        .endsWith(
            "nothing is issued: %s: found no key of director-snapshot, expected one of [%s], which 3.root.json lists"
                .formatted(home().keys().resolve("director"), snapshot.publicKey().shortId()));
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    Path folder = home().outbox().resolve("image");
    for (Path file : TestHome.files(folder)) {
      contents.put(file.toString(), Files.readString(folder.resolve(file)));
    }
    return contents;
  }

  private JobExecution issue(String run) {
    return JobHarness.completed(
        jobs.run(
            IssueManifestsJobConfiguration.JOB, new RunParameters(run, null).toJobParameters()));
  }

  private ImageList images() {
    return new ImageList(home(), jobs.settings(), Repositories.of(home(), jobs.settings()));
  }

  private ImageTargets next(FleetStore store) {
    try {
      return images().next(store, JobHarness.NOW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SignedDocument sign(ImageTargets targets, SigningKey key) {
    return SignedDocument.parse(
        SignedDocument.sign(targets.content(), List.of(key)), "1.targets.json");
  }

  private ImageTargets take(FleetStore store, SignedDocument document) {
    try {
      return images().take(store, document, JobHarness.NOW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

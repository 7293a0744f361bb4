package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.scheduler.delivery.ObjectStore;
import convoy.scheduler.delivery.ObjectStore.Checksums;
import convoy.scheduler.delivery.ObjectStore.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed while it publishes, or cannot publish. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishingTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private TestHome approved;

  /** A home with a fleet and an approved campaign, of which nothing is issued. */
  @BeforeAll
  void approve(@TempDir Path folder) throws Exception {
    approved = TestHome.approved(folder, "approved", "");
  }

  private TestHome publishingTo(ObjectStore store, String name) throws IOException {
    TestHome home = approved.copy(name);
    home.settings(
        """
        manifests: {chunk-vehicles: 2}
        publish:
          to: S3
          nightly: true
          s3: {bucket: %s, prefix: a/, endpoint: "%s", path-style: true, credentials-file: keys/s3, attempts: 2}
        """
            .formatted(ObjectStore.BUCKET, store.endpoint()));
    Path key =
        Files.writeString(
            home.home().keys().resolve("s3"),
            "[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n"
                .formatted(ObjectStore.KEY_ID, ObjectStore.SECRET));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return home;
  }

  private static List<String> outbox(TestHome home) throws IOException {
    Path outbox = home.home().outbox();
    try (Stream<Path> files = Files.walk(outbox)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> outbox.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static void assertPublished(TestHome home, ObjectStore store) throws Exception {
    List<String> files = outbox(home);
    assertThat(files).hasSizeGreaterThan(3);
    assertThat(store.keys()).containsExactlyElementsOf(files.stream().map(f -> "a/" + f).toList());
    for (String file : files) {
      assertThat(store.bytes("a/" + file))
          .isEqualTo(Files.readAllBytes(home.home().outbox().resolve(file)));
    }
    assertThat(home.rows("select path from published_file order by path"))
        .containsExactlyElementsOf(files);
    assertThat(home.rows("select subject from audit_log where act = 'FILE_PUBLISHED' order by 1"))
        .containsExactlyElementsOf(files);
    assertThat(home.run("audit", "verify").status()).isZero();
  }

  @Tag("long")
  @Test
  void aNightThatIsKilledWhilePublishingIsTakenUpThere() throws Exception {
    try (ObjectStore store = new ObjectStore(Checksums.KNOWN)) {
      TestHome home = publishingTo(store, "killed");
      String second = "PUT a/director/campaign=" + TestHome.CAMPAIGN + "/wave=1/shard-00001.zip";
      store.fail(second, 1, Fault.SILENT);
      try (ConvoyProcess nightly = home.start("nightly")) {
        Await.until(
            "the second shard", LIMIT, () -> store.isAskedFor(second) || !nightly.isAlive());
        assertThat(nightly.kill().status()).isEqualTo(ConvoyProcess.KILLED);
      }
      store.release();
      int issued = outbox(home).size();
      assertThat(store.keys()).hasSizeLessThan(issued);
      List<String> before = store.requests();

      var taken = home.run("nightly");
      assertThat(taken.err()).isEmpty();
      assertThat(taken.status()).isZero();
      assertThat(taken.out()).contains("taking up the run of ").contains("\npublishOutbox\n");
      assertThat(outbox(home)).hasSize(issued);
      assertPublished(home, store);
      // Nothing that was recorded is sent again.
      assertThat(before.stream().filter(r -> r.startsWith("PUT")).filter(r -> !r.equals(second)))
          .isNotEmpty()
          .doesNotContainAnyElementsOf(store.requests());
      assertThat(home.run("manifest", "publish").out())
          .contains("s3://fleet/a/ at " + store.endpoint() + ": 0 files published, 0 bytes; ");
    }
  }

  @Test
  @Tag("long")
  void aNightWhoseDeliveryFailsEndsWithStatusOneAndIssuesNothingAgain() throws Exception {
    try (ObjectStore store = new ObjectStore(Checksums.KNOWN)) {
      TestHome home = publishingTo(store, "undelivered");
      store.fail("PUT a/director/1.root.json", 1, Fault.DENIED);
      var night = home.run("nightly");
      assertThat(night.status()).isEqualTo(1);
      assertThat(night.err())
          .containsPattern(
              "(?m)^publishOutbox failed: s3://fleet/a/director/1\\.root\\.json: HTTP 403"
                  + " AccessDenied: words on AccessDenied; 1 of \\d+ files were published before that$")
          .endsWith(
              "convoy: not all was published; nothing is lost: the next run that publishes, or"
                  + " ./convoy manifest publish, goes on from there\n")
          .doesNotContain(ObjectStore.SECRET);
      assertThat(night.out()).contains("\npublishReports\n  convoy-report.xlsx and ");
      assertThat(home.rows("select outcome from run where kind = 'NIGHTLY'"))
          .containsExactly("UNDELIVERED");
      List<String> issued = outbox(home);
      assertThat(home.run("campaign", "status", TestHome.CAMPAIGN).out())
          .containsPattern("\npublished   0 of [1-9]\\d* manifests, to s3://fleet/a/ at http");

      var planned = home.run("manifest", "publish", "--dry-run");
      assertThat(planned.out())
          .startsWith("director/1.root.json: new, ")
          .containsPattern(
              ": %d files, [0-9,]+ bytes would be published\n$".formatted(issued.size() - 1));
      assertThat(store.keys()).hasSize(1);

      var published = home.run("manifest", "publish");
      assertThat(published.err()).isEmpty();
      assertThat(published.status()).isZero();
      assertThat(outbox(home)).isEqualTo(issued);
      assertPublished(home, store);
      assertThat(home.run("campaign", "issued", TestHome.CAMPAIGN).out())
          .containsPattern("issued \\S+, published \\S+  ISSUED\n")
          .doesNotContainPattern("issued \\S+  ISSUED\n");
      assertThat(home.home().logs().resolve("convoy.log"))
          .content()
          .doesNotContain(ObjectStore.SECRET);
    }
  }

  @Test
  void whereNothingIsNamedNothingIsPublished() throws Exception {
    var refused = approved.run("manifest", "publish");
    assertThat(refused.err())
        .isEqualTo(
            "convoy: publish.to 'NOWHERE': expected FOLDER or S3 in "
                + approved.home().settingsFile()
                + "\n");
    assertThat(refused.status()).isEqualTo(3);
  }
}

package convoy.jobs.independent;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.campaign.WithdrawnVehicles;
import convoy.data.image.ImageKeys;
import convoy.data.io.AtomicFiles;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChanges;
import convoy.data.manifest.RootMetadata;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.trust.SignatureScheme;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.TestHome;
import convoy.jobs.images.ImageStore;
import convoy.jobs.issuemanifests.IssueManifestsJobConfiguration;
import convoy.jobs.repository.Repositories;
import convoy.readers.manifest.ShardReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small fleet whose vehicles were given manifests, all signed with Ed25519. Sixteen days later
 * the Director's root and targets and the image repository's timestamp have keys on P-256, the list
 * of images is signed anew, and the brakes' manifests are withdrawn.
 */
final class IssuedHome {
  static final Instant FIRST = JobHarness.NOW;
  static final Instant SECOND = FIRST.plus(Duration.ofDays(16));

  /** The outbox at either time, with the manifests unpacked. */
  final Path first;

  final Path second;

  /** What was issued first. */
  final List<VerifiedManifest> manifests;

  /** The keys of all images, by the hash of the encrypted one. */
  final Map<String, String> keys = new TreeMap<>();

  private final Map<String, Map<String, Object>> ecus = new TreeMap<>();
  private final Path root;
  private final JobHarness jobs;

  IssuedHome(Path folder) throws IOException {
    root = folder.resolve("home");
    first = folder.resolve("first");
    second = folder.resolve("second");
    try (JobHarness opened = new JobHarness(TestHome.planned(root, ""))) {
      jobs = opened;
      assertThat(jobs.summary(IssueManifestsJobConfiguration.JOB, "night-1"))
          .isEqualTo(BRAKES + ": 2 manifests to issue\n" + MEDIA + ": 12 manifests to issue");
      manifests = Outbox.manifests(jobs.home().outbox(), FIRST);
      collectKeys();
      collectEcus();
      publish(first);

      jobs.clock().forward(Duration.ofDays(16));
      rotate(KeyRole.DIRECTOR_ROOT);
      rotate(KeyRole.DIRECTOR_TARGETS);
      rotate(KeyRole.IMAGE_TIMESTAMP);
      jobs.withdraw("bob", BRAKES, WithdrawnVehicles.ALL);
      JobHarness.completed(
          jobs.run(
              IssueManifestsJobConfiguration.JOB,
              IssueManifestsJobConfiguration.withdrawals("night-2", BRAKES)));
      // Half of the list's time is over: it is signed anew.
      jobs.summary(IssueManifestsJobConfiguration.JOB, "night-3");
      publish(second);
    }
  }

  private void collectKeys() throws IOException {
    ImageKeys own = ImageKeys.load(ImageStore.keys(jobs.home()));
    for (VerifiedManifest manifest : manifests) {
      for (ManifestTarget target : manifest.targets()) {
        Path sealed = jobs.home().store().resolve("images/" + target.image().sha256() + ".key.cms");
        keys.put(target.image().encrypted().sha256(), own.open(Files.readAllBytes(sealed)).hex());
      }
    }
  }

  private void rotate(KeyRole role) throws IOException {
    Repositories repositories = repositories();
    Repository repository = role.repository();
    KeyRole rootRole = KeyRole.rootOf(repository);
    RootMetadata present = repositories.roots().of(repository);
    Instant until = SECOND.plus(Repositories.KEY_VALID);
    SigningKey key = SigningKey.generate(SignatureScheme.ECDSA_P256);
    RootMetadata next =
        RootChanges.rotate(
            present,
            role,
            List.of(key.publicKey()),
            1,
            RootChanges.Former.ACCEPTED,
            present.expires());
    List<SigningKey> signers =
        role == rootRole ? List.of(key(rootRole), key) : List.of(key(rootRole));
    byte[] signed = SignedDocument.sign(next.content(), signers);
    repositories.keys().store(role, key, SECOND, until);
    jobs.with(
        store -> {
          try {
            repositories.replace(repository, present, signed, store, "test", SECOND);
            return true;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Repositories repositories() {
    return Repositories.of(new Home(root), ConvoySettings.defaults());
  }

  /** The key with which a role signs now. */
  SigningKey key(KeyRole role) throws IOException {
    Repositories repositories = repositories();
    return repositories.keys().held(role, repositories.roots().of(role.repository())).get(0).key();
  }

  /** What the gateway lays out: the outbox, with each vehicle's latest manifest in its folder. */
  private void publish(Path site) throws IOException {
    TestHome.copy(jobs.home().outbox(), site);
    for (Path shard : Outbox.shards(site)) {
      try (ShardReader reader = ShardReader.open(shard)) {
        for (ManifestBundle bundle : reader) {
          Path folder = site.resolve("director/" + bundle.vin());
          for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
            boolean isOlder =
                file.getKey().equals("timestamp.json")
                    && Files.exists(folder.resolve(bundle.version() + 1 + ".targets.json"));
            if (!isOlder) {
              AtomicFiles.write(folder.resolve(file.getKey()), file.getValue());
            }
          }
        }
      }
    }
  }

  /** The hardware of a vehicle's ECUs by serial; none has taken an image. */
  Map<String, Object> ecus(String vin) {
    return requireNonNull(ecus.get(vin));
  }

  private void collectEcus() {
    for (String row : jobs.sql().rows("select vin, serial, hardware_part from ecu")) {
      String[] cells = row.split("\\|", -1);
      ecus.computeIfAbsent(cells[0], vin -> new TreeMap<>())
          .put(cells[1], Map.of("hardwareId", cells[2], "releaseCounter", 0));
    }
  }
}

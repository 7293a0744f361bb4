package convoy.jobs;

import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChanges;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.jobs.repository.KeyRing;
import convoy.jobs.repository.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Changes of the keys and roots of a home whose keys all lie in it. */
public final class TestRoots {
  private TestRoots() {}

  /** The latest root of a repository. */
  public static RootMetadata root(JobHarness jobs, Repository repository) throws IOException {
    return repositories(jobs).roots().of(repository);
  }

  /** Puts the next root into effect. */
  public static void follow(JobHarness jobs, Repository repository, RootMetadata next)
      throws IOException {
    SigningKey key = held(jobs, KeyRole.rootOf(repository)).key();
    RootMetadata present = root(jobs, repository);
    jobs.with(
        store -> {
          try {
            repositories(jobs)
                .replace(
                    repository,
                    present,
                    SignedDocument.sign(next.content(), List.of(key)),
                    store,
                    "test",
                    JobHarness.NOW);
            return true;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Has a role sign by another key from now on; what the former one signed is still accepted. */
  public static SigningKey rotate(JobHarness jobs, KeyRole role, Duration validFor)
      throws IOException {
    return rotate(jobs, role, validFor, RootChanges.Former.ACCEPTED);
  }

  /** The same when someone else may have the former key. */
  public static SigningKey rotateCompromised(JobHarness jobs, KeyRole role) throws IOException {
    return rotate(jobs, role, Duration.ofDays(500), RootChanges.Former.REFUSED);
  }

  private static SigningKey rotate(
      JobHarness jobs, KeyRole role, Duration validFor, RootChanges.Former former)
      throws IOException {
    SigningKey key =
        repositories(jobs).keys().make(role, JobHarness.NOW, JobHarness.NOW.plus(validFor));
    RootMetadata present = root(jobs, role.repository());
    follow(
        jobs,
        role.repository(),
        RootChanges.rotate(present, role, List.of(key.publicKey()), 1, former, present.expires()));
    return key;
  }

  /** The key that signs for a role, which lies in the home no longer. */
  public static SigningKey takeAway(JobHarness jobs, KeyRole role) throws IOException {
    KeyRing.Held held = held(jobs, role);
    Files.delete(Path.of(held.where()));
    return held.key();
  }

  private static KeyRing.Held held(JobHarness jobs, KeyRole role) throws IOException {
    return repositories(jobs).keys().held(role, root(jobs, role.repository())).get(0);
  }

  private static Repositories repositories(JobHarness jobs) {
    return Repositories.of(jobs.home(), jobs.settings());
  }
}

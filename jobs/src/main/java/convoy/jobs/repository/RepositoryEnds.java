package convoy.jobs.repository;

import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.IsoSeconds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What of the two repositories runs out soon; afterwards nothing is issued. */
public final class RepositoryEnds {
  private RepositoryEnds() {}

  /**
   * A sentence for each end.
   *
   * @param within how soon
   */
  public static List<String> soon(
      Repositories.Roots roots, KeyRing keys, Duration within, Instant now) throws IOException {
    Instant soon = now.plus(within);
    List<String> lines = new ArrayList<>();
    for (Repository repository : Repository.values()) {
      RootMetadata root = roots.of(repository);
      List<KeyRole> roles = KeyRole.of(repository);
      if (root.expires().isBefore(soon)) {
        lines.add(
            "the root of %s runs out at %s: ./convoy keys renew %s"
                .formatted(
                    repository.words(),
                    IsoSeconds.format(root.expires()),
                    KeyRole.rootOf(repository).text()));
      }
      // A root key ends with the root that lists it.
      for (KeyRole role : roles.subList(1, roles.size())) {
        lines.addAll(keys(keys.heldSigners(role, root), soon));
      }
    }
    return lines;
  }

  private static List<String> keys(List<KeyRing.Held> signers, Instant soon) {
    return signers.stream()
        .filter(key -> key.validUntil().isBefore(soon))
        .map(
            key ->
                "key %s of %s runs out at %s: ./convoy keys rotate %s"
                    .formatted(
                        key.key().publicKey().shortId(),
                        key.role().text(),
                        IsoSeconds.format(key.validUntil()),
                        key.role().text()))
        .toList();
  }

  /** The same of the image repository's targets. */
  public static List<String> soon(ImageTargets targets, Duration within, Instant now) {
    return targets.expires().isBefore(now.plus(within))
        ? List.of(
            "the image repository's targets run out at %s: ./convoy keys export image-targets"
                .formatted(IsoSeconds.format(targets.expires())))
        : List.of();
  }
}

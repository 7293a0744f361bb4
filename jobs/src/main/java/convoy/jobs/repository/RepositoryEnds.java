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
  public static List<String> soon(Repositories repositories, Duration within, Instant now)
      throws IOException {
    Instant soon = now.plus(within);
    List<String> lines = new ArrayList<>();
    for (Repository repository : Repository.values()) {
      RootMetadata root = repositories.root(repository);
      for (KeyRole role : KeyRole.of(repository)) {
        if (role.isRoot() && root.expires().isBefore(soon)) {
          lines.add(
              "the root of %s runs out at %s: ./convoy keys renew %s"
                  .formatted(repository.words(), IsoSeconds.format(root.expires()), role.text()));
        }
        List<KeyRing.Held> held = repositories.keys().held(role, root);
        // Only the first one signs where one is enough.
        held.stream()
            .limit(root.keys(role).threshold())
            .filter(key -> key.validUntil().isBefore(soon))
            .forEach(
                key ->
                    lines.add(
                        "key %s of %s runs out at %s: ./convoy keys rotate %s"
                            .formatted(
                                key.key().publicKey().shortId(),
                                role.text(),
                                IsoSeconds.format(key.validUntil()),
                                role.text())));
      }
    }
    return lines;
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

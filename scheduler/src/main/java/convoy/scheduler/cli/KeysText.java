package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChanges;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.Hashes;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.PublicKey;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignatureScheme;
import convoy.data.trust.SignedDocument;
import convoy.jobs.repository.ImageList;
import convoy.jobs.repository.KeyRing;
import convoy.jobs.repository.Repositories;
import convoy.jobs.repository.RepositoryEnds;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys of the repositories in words, and what people sign with them. */
final class KeysText {
  private KeysText() {}

  /** All roles with their keys, what waits for signatures, and what runs out soon. */
  static List<String> lines(Home home, ConvoySettings settings, Instant now) throws IOException {
    Repositories repositories = Repositories.of(home, settings);
    List<String> lines = new ArrayList<>();
    Repositories.Roots roots = repositories.roots();
    for (Repository repository : Repository.values()) {
      RootMetadata root = roots.of(repository);
      lines.add(
          "%s: root %d, until %s"
              .formatted(repository.words(), root.version(), IsoSeconds.format(root.expires())));
      for (KeyRole role : KeyRole.of(repository)) {
        lines.addAll(lines(repositories.keys(), role, root));
      }
      waiting(repositories, repository, root).forEach(lines::add);
    }
    ImageList list = new ImageList(home, settings, repositories);
    try {
      lines.add(images(list.published(roots.image(), now).targets()));
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      lines.add("the list of images: " + e.getMessage());
    }
    RepositoryEnds.of(repositories, list, null, settings.keys().warnBefore(), now)
        .warnings()
        .forEach(end -> lines.add("warning: " + end));
    return lines;
  }

  private static List<String> lines(KeyRing ring, KeyRole role, RootMetadata root)
      throws IOException {
    RoleKeys keys = root.keys(role);
    Map<String, KeyRing.Held> atHand = new HashMap<>();
    ring.held(role, root).forEach(held -> atHand.put(held.key().keyid(), held));
    List<String> lines = new ArrayList<>();
    for (PublicKey key : keys.keys().values()) {
      KeyRing.Held held = atHand.get(key.keyid());
      lines.add(
          "  %-19s %s %s%s"
              .formatted(
                  lines.isEmpty() ? role.text() : "",
                  key.shortId(),
                  key.scheme() == SignatureScheme.ED25519 ? "" : key.scheme().words() + " ",
                  held == null
                      ? "kept elsewhere"
                      : held.place() + ", until " + IsoSeconds.format(held.validUntil())));
    }
    if (keys.threshold() > 1) {
      lines.add("  %-19s %d of them sign".formatted("", keys.threshold()));
    }
    return lines;
  }

  private static List<String> waiting(
      Repositories repositories, Repository repository, RootMetadata root) throws IOException {
    Optional<SignedDocument> document = repositories.waiting(root, repository);
    if (document.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("  waits for signatures: " + repositories.waitingFile(root, repository));
    RootChanges.changes(root, root.next(document.get())).forEach(line -> lines.add("    " + line));
    return lines;
  }

  private static String images(ImageTargets targets) {
    return "the list of images: version %d, %d images, until %s"
        .formatted(
            targets.version(), targets.images().size(), IsoSeconds.format(targets.expires()));
  }

  /**
   * What someone signs who signs this document.
   *
   * @throws ConvoyException NOT_TRUSTED when it is neither root nor image targets metadata
   */
  static List<String> content(SignedDocument document) {
    List<String> lines = new ArrayList<>();
    if ("root".equals(document.signed().values().get("_type"))) {
      RootMetadata root = RootMetadata.read(document);
      lines.add("root, version %d, until %s".formatted(root.version(), root.expires()));
      new TreeMap<>(root.roles())
          .forEach(
              (name, keys) ->
                  lines.add(
                      "  %-10s %d of %s".formatted(name, keys.threshold(), keys.keys().keySet())));
    } else {
      ImageTargets targets = ImageTargets.read(document);
      lines.add(
          "list of images, version %d, until %s".formatted(targets.version(), targets.expires()));
      targets
          .images()
          .forEach(
              (name, image) ->
                  lines.add(
                      "  %s: %s %s, for %s, sha256 %s"
                          .formatted(
                              name,
                              image.module(),
                              image.version(),
                              image.hardwareIds().isEmpty()
                                  ? "any hardware"
                                  : "hardware " + image.hardwareIds(),
                              image.clear().sha256())));
    }
    lines.add("what is signed has SHA-256 " + Hashes.sha256(document.signedBytes()));
    return lines;
  }
}

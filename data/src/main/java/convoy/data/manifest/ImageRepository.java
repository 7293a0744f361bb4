package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The image repository as a vehicle reads it, after all checks held (Uptane Standard 2.1, full
 * verification, steps 6 to 9). Threads may share it.
 *
 * @param root its latest root
 * @param timestamp when its timestamp runs out
 * @param snapshot when its snapshot does
 * @param list when its targets do
 */
public record ImageRepository(
    RootMetadata root, ImageTargets targets, Expiring timestamp, Expiring snapshot, Expiring list) {
  /** One of its files, and when it runs out. */
  public record Expiring(String where, Instant expires) {
    private static Expiring of(Metadata file) {
      return new Expiring(file.where(), file.expires());
    }
  }

  /** When its snapshot or its timestamp runs out first. */
  public Instant expires() {
    return snapshot.expires().isBefore(timestamp.expires())
        ? snapshot.expires()
        : timestamp.expires();
  }

  /**
   * Checks what {@link #open} does of the time, for another one.
   *
   * @throws ConvoyException NOT_TRUSTED when something of it has run out at that time
   */
  public ImageRepository requireCurrent(Instant now) {
    root.requireCurrent(where(RootMetadata.fileName(root.version())), now);
    for (Expiring file : List.of(timestamp, snapshot, list)) {
      Metadata.requireCurrent(file.where(), file.expires(), now);
    }
    return this;
  }

  /**
   * Checks the files of the folder, from {@code 1.root.json} on.
   *
   * @throws ConvoyException NOT_TRUSTED when one is missing, malformed, expired, not listed as it
   *     is, or not signed as the root says; the message names it
   */
  public static ImageRepository open(Path folder, Instant now) throws IOException {
    return open(folder, RootChain.latest(folder), now);
  }

  /** The same with a root that was read, and followed to the latest, before. */
  public static ImageRepository open(Path folder, RootMetadata root, Instant now)
      throws IOException {
    root.requireCurrent(where(RootMetadata.fileName(root.version())), now);
    Metadata timestamp =
        read(folder, ManifestBundle.TIMESTAMP_FILE, RootMetadata.TIMESTAMP, root, now);
    Metadata snapshot = readListed(folder, timestamp, RootMetadata.SNAPSHOT, root, now);
    Metadata targets = readListed(folder, snapshot, RootMetadata.TARGETS, root, now);
    return new ImageRepository(
        root,
        ImageTargets.read(targets),
        Expiring.of(timestamp),
        Expiring.of(snapshot),
        Expiring.of(targets));
  }

  private static Metadata readListed(
      Path folder, Metadata listing, String role, RootMetadata root, Instant now)
      throws IOException {
    Metadata.Listed listed = listing.listed(role);
    listed.requireBytes(bytes(folder, listed.fileName()), where(listed.fileName()));
    return listed.requireVersion(read(folder, listed.fileName(), role, root, now));
  }

  private static Metadata read(
      Path folder, String name, String role, RootMetadata root, Instant now) throws IOException {
    SignedDocument document =
        SignedDocument.parse(bytes(folder, name), where(name)).requireSignedBy(root.role(role));
    return Metadata.read(document, role).requireCurrent(now);
  }

  private static byte[] bytes(Path folder, String name) throws IOException {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (NoSuchFileException e) {
      throw Metadata.untrusted(where(name) + ": missing, expected this file", e);
    }
  }

  private static String where(String name) {
    return Repository.IMAGE.folder() + "/" + name;
  }
}

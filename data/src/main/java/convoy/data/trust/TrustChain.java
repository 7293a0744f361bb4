package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * All versions of the trust root in a folder. Each is signed by the administrators of the one
 * before and by its own (TUF specification 1.0.34, section 5.3.4), and all are checked each time.
 *
 * @param trust the last version
 * @param fingerprint the SHA-256 of the first version's file, which people compare
 * @param sha256 of the last version's file
 */
public record TrustChain(Trust trust, String fingerprint, String sha256) {
  private static final String SUFFIX = ".trust.json";

  /** The file of a version. */
  public static Path file(Path folder, long version) {
    return folder.resolve(version + SUFFIX);
  }

  /** The file of the next version while it waits for signatures. */
  public static Path waiting(Path folder, long version) {
    return folder.resolve(version + SUFFIX + ".waiting");
  }

  /**
   * Reads and checks the chain.
   *
   * @param pin the SHA-256 that the first version must have; empty for any
   * @throws ConvoyException NOT_TRUSTED when a version is missing, malformed or not signed as it
   *     must be, the first one is not the pinned one, or the last one has run out
   */
  public static TrustChain load(Path folder, String pin, Instant now) throws IOException {
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw untrusted(
          file(folder, 1) + ": no such file, expected the trust root that ./convoy init makes");
    }
    byte[] first = read(file(folder, 1));
    String fingerprint = Hashes.sha256(first);
    if (!pin.isEmpty() && !pin.equals(fingerprint)) {
      throw untrusted(
          "1.trust.json: found SHA-256 %s, expected %s as trust.root-sha256 says"
              .formatted(fingerprint, pin));
    }
    byte[] bytes = first;
    Trust trust = signed(parse(first, "1" + SUFFIX), 1);
    for (int version = 2; version <= files.size(); version++) {
      bytes = read(file(folder, version));
      trust = followed(trust, parse(bytes, version + SUFFIX));
    }
    if (!trust.expires().isAfter(now)) {
      throw untrusted(
          "%d%s: ran out at %s, and it is %s: expected a newer version, which ./convoy operator rules makes"
              .formatted(trust.version(), SUFFIX, IsoSeconds.format(trust.expires()), now));
    }
    return new TrustChain(trust, fingerprint, Hashes.sha256(bytes));
  }

  /** A first version stands for itself: it is signed by its own administrators. */
  private static Trust signed(SignedDocument document, long version) {
    Trust trust = TrustDocument.read(document);
    document.requireSignedBy(trust.administratorKeys());
    if (trust.version() != version) {
      throw document.signed().refused("version", "" + version);
    }
    return trust;
  }

  /**
   * The version that follows another.
   *
   * @throws ConvoyException NOT_TRUSTED when not enough administrators of both have signed it
   */
  static Trust followed(Trust before, SignedDocument document) {
    document.requireSignedBy(before.administratorKeys());
    return signed(document, before.version() + 1);
  }

  /**
   * Whether enough people have signed a version for it to follow another.
   *
   * @throws ConvoyException NOT_TRUSTED when it could never follow: it is malformed, or of another
   *     number
   */
  public static boolean mayFollow(Trust before, SignedDocument document) {
    Trust next = next(before, document);
    return document.isSignedBy(before.administratorKeys())
        && document.isSignedBy(next.administratorKeys());
  }

  /**
   * What a version says that waits for signatures.
   *
   * @throws ConvoyException NOT_TRUSTED when it could never follow
   */
  public static Trust next(Trust before, SignedDocument document) {
    Trust next = TrustDocument.read(document);
    if (next.version() != before.version() + 1) {
      throw document.signed().refused("version", "" + (before.version() + 1));
    }
    return next;
  }

  private static SignedDocument parse(byte[] bytes, String where) {
    return SignedDocument.parse(bytes, where);
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw untrusted(file + ": no such file, expected every version of the trust root from 1 on");
    }
    return Files.readAllBytes(file);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().matches("[0-9]+\\.trust\\.json")).toList();
    }
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}

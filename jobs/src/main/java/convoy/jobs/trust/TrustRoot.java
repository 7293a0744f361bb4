package convoy.jobs.trust;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.SignedActs;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.data.trust.Trust;
import convoy.data.trust.TrustChain;
import convoy.data.trust.TrustDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The trust root of an installation, {@code keys/trust}. It is read and checked from its first
 * version on each time, so that a change takes effect at once.
 */
public final class TrustRoot {
  private final Path folder;
  private final String pin;

  private TrustRoot(Path folder, String pin) {
    this.folder = folder;
    this.pin = pin;
  }

  /** The one of an installation. */
  public static TrustRoot of(Home home, ConvoySettings settings) {
    return new TrustRoot(folder(home), settings.trust().rootSha256());
  }

  private static Path folder(Home home) {
    return home.keys().resolve("trust");
  }

  /**
   * Makes the first version.
   *
   * @param administrators the keys that sign it
   */
  public static void create(Home home, Trust first, List<SigningKey> administrators)
      throws IOException {
    AtomicFiles.write(
        TrustChain.file(folder(home), 1),
        SignedDocument.sign(TrustDocument.content(first), administrators));
  }

  /**
   * The trust root as it is now.
   *
   * @throws ConvoyException NOT_TRUSTED when its chain does not hold
   */
  public TrustChain load(Instant now) {
    try {
      return TrustChain.load(folder, pin, now);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /**
   * The same, when it is not older than what the store has seen: a version that was taken away
   * would undo a revocation.
   *
   * @throws ConvoyException NOT_TRUSTED when its chain does not hold, or it was set back
   */
  public TrustChain load(FleetStore store, Instant now) {
    TrustChain chain = load(now);
    long highest = SignedActs.highestTrustVersion(store);
    if (chain.trust().version() < highest) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "the trust root was set back: found version %d, expected %d or later, which the audit log tells of"
              .formatted(chain.trust().version(), highest));
    }
    return chain;
  }

  /** The document of the next version that waits for signatures. */
  public Optional<SignedDocument> waiting(Trust trust) {
    Path file = waitingFile(trust);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(
              SignedDocument.parse(Files.readAllBytes(file), file.getFileName().toString()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Where the next version waits for signatures. */
  public Path waitingFile(Trust trust) {
    return TrustChain.waiting(folder, trust.version() + 1);
  }

  /**
   * Keeps a next version, signed so far by one administrator or more. It takes effect once enough
   * of the present and of its own administrators have signed it.
   *
   * @return the new chain when it took effect; empty while it waits
   */
  public Optional<TrustChain> keep(Trust present, byte[] document, Instant now) {
    Path waiting = waitingFile(present);
    try {
      AtomicFiles.write(waiting, document);
      SignedDocument next = SignedDocument.parse(document, waiting.getFileName().toString());
      if (!TrustChain.mayFollow(present, next)) {
        return Optional.empty();
      }
      AtomicFiles.rename(waiting, TrustChain.file(folder, present.version() + 1));
      return Optional.of(load(now));
    } catch (IOException e) {
      throw new UncheckedIOException(waiting.toString(), e);
    }
  }
}

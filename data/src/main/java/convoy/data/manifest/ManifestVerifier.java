package convoy.data.manifest;

import convoy.data.trust.SignedDocument;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks manifests as a vehicle does: the Uptane Standard 2.1's full verification of a Director's
 * metadata, steps 3 to 6, and this project's own rule that all three files carry one version and
 * name the vehicle. Threads may share it.
 *
 * <p>Every method throws a ConvoyException NOT_TRUSTED whose message names the file, what was found
 * and what was expected.
 */
public final class ManifestVerifier {
  private final RootMetadata root;

  /**
   * @param root the Director's, followed to the latest
   */
  public ManifestVerifier(RootMetadata root) {
    this.root = root;
  }

  /** Checks a whole manifest; see {@link #verify(String, Map, Instant, Long)}. */
  public VerifiedManifest verify(
      String vin, ManifestBundle bundle, Instant now, @Nullable Long lastSeenVersion) {
    return verify(vin, bundle.files(), now, lastSeenVersion);
  }

  /**
   * Checks the files of a vehicle's folder, starting from {@code timestamp.json}.
   *
   * @param vin the vehicle that checks
   * @param files the bytes by name within the vehicle's folder; other versions may lie beside
   * @param now the vehicle's time
   * @param lastSeenVersion the version that the vehicle took last, or null
   */
  public VerifiedManifest verify(
      String vin, Map<String, byte[]> files, Instant now, @Nullable Long lastSeenVersion) {
    requireCurrentRoot(now);
    // Step 4: timestamp.
    Metadata timestamp =
        open(vin, files, ManifestBundle.TIMESTAMP_FILE, RootMetadata.TIMESTAMP, now);
    if (lastSeenVersion != null && timestamp.version() < lastSeenVersion) {
      throw Metadata.untrusted(
          timestamp.where()
              + ": version "
              + timestamp.version()
              + " is older than version "
              + lastSeenVersion
              + ", which this vehicle has seen");
    }
    // Steps 5 and 6: snapshot and targets.
    Metadata snapshot = openListed(vin, files, timestamp, RootMetadata.SNAPSHOT, now);
    Metadata targets = openListed(vin, files, snapshot, RootMetadata.TARGETS, now);
    return TargetsContent.read(vin, targets);
  }

  /**
   * Checks a targets file alone, as an ECU with partial verification does (Uptane Standard 2.1,
   * "Partial verification").
   *
   * @param now the time at which it must not be expired
   */
  public VerifiedManifest verifyTargetsFile(String vin, byte[] targets, Instant now) {
    requireCurrentRoot(now);
    return TargetsContent.read(
        vin, open(vin, targets, vin + "/targets.json", RootMetadata.TARGETS, now));
  }

  private void requireCurrentRoot(Instant now) {
    root.requireCurrent(RootMetadata.fileName(root.version()), now);
  }

  private Metadata open(
      String vin, Map<String, byte[]> files, String name, String role, Instant now) {
    return open(vin, require(vin, files, name), vin + "/" + name, role, now);
  }

  private Metadata open(String vin, byte[] bytes, String where, String role, Instant now) {
    SignedDocument document = SignedDocument.parse(bytes, where).requireSignedBy(root.role(role));
    return Metadata.read(document, role).requireVehicle(vin).requireCurrent(now);
  }

  /** Opens the one file that a timestamp or snapshot lists, as exactly the bytes it lists. */
  private Metadata openListed(
      String vin, Map<String, byte[]> files, Metadata listing, String role, Instant now) {
    Metadata.Listed listed = listing.listed(role);
    if (listed.version() != listing.version()) {
      throw listed
          .meta()
          .refused("version", "the version of all three files, " + listing.version());
    }
    byte[] bytes = require(vin, files, listed.fileName());
    String where = vin + "/" + listed.fileName();
    listed.requireBytes(bytes, where);
    return listed.requireVersion(open(vin, bytes, where, role, now));
  }

  private static byte[] require(String vin, Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw Metadata.untrusted(vin + "/" + name + ": missing, expected this file");
    }
    return bytes;
  }
}

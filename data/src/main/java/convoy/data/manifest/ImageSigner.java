package convoy.data.manifest;

import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signs the snapshot and the timestamp of the image repository (docs/formats/update-manifest.md),
 * which carry one version. The same content gives the same bytes.
 */
public final class ImageSigner {
  private final SigningKey snapshotKey;
  private final SigningKey timestampKey;

  public ImageSigner(SigningKey snapshotKey, SigningKey timestampKey) {
    this.snapshotKey = snapshotKey;
    this.timestampKey = timestampKey;
  }

  /**
   * The two files by name, in the order in which they are to be published: the timestamp, where a
   * vehicle starts, is the last.
   *
   * @param version of both
   * @param targetsVersion the version of the targets file
   * @param targets its bytes
   */
  public Map<String, byte[]> sign(
      long version, Instant expiresAt, long targetsVersion, byte[] targets) {
    String expires = IsoSeconds.format(expiresAt);
    byte[] snapshot =
        SignedDocument.sign(
            Metadata.listing(
                RootMetadata.SNAPSHOT,
                version,
                expires,
                Map.of(),
                RootMetadata.TARGETS,
                targetsVersion,
                targets),
            List.of(snapshotKey));
    byte[] timestamp =
        SignedDocument.sign(
            Metadata.listing(
                RootMetadata.TIMESTAMP,
                version,
                expires,
                Map.of(),
                RootMetadata.SNAPSHOT,
                version,
                snapshot),
            List.of(timestampKey));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(ManifestBundle.snapshotFile(version), snapshot);
    files.put(ManifestBundle.timestampFile(), timestamp);
    return files;
  }
}

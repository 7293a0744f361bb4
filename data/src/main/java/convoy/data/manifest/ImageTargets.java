package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.trust.Fields;
import convoy.data.trust.IsoSeconds;
import convoy.data.trust.SignedDocument;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The targets metadata of the image repository: every image that may be installed (TUF
 * specification 1.0.34, section 4.5).
 *
 * @param version 1 or more; it only grows
 * @param expires from when it is no longer taken
 * @param images by their names in both repositories
 */
public record ImageTargets(long version, Instant expires, SortedMap<String, ImageEntry> images) {

  public ImageTargets {
    images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
  }

  /** What people sign of it. */
  public Map<String, Object> content() {
    Map<String, Object> entries = new TreeMap<>();
    images.forEach((name, entry) -> entries.put(name, entry.content()));
    Map<String, Object> content =
        Metadata.head(RootMetadata.TARGETS, version, IsoSeconds.format(expires));
    content.put("targets", entries);
    return content;
  }

  /**
   * Reads one; whether it is signed is for the caller to check.
   *
   * @throws ConvoyException NOT_TRUSTED when it is malformed
   */
  public static ImageTargets read(SignedDocument document) {
    return read(Metadata.read(document, RootMetadata.TARGETS));
  }

  /**
   * The same of one that must hold now.
   *
   * @throws ConvoyException NOT_TRUSTED when it is malformed or expired
   */
  public static ImageTargets readCurrent(SignedDocument document, Instant now) {
    return read(Metadata.read(document, RootMetadata.TARGETS).requireCurrent(now));
  }

  static ImageTargets read(Metadata metadata) {
    Fields signed = metadata.signed();
    // Uptane allows them here; nothing of this project makes or follows them.
    if (signed.values().containsKey("delegations")) {
      throw Metadata.untrusted(
          signed.where() + ".delegations: found delegations, expected all images in this file");
    }
    SortedMap<String, ImageEntry> images = new TreeMap<>();
    Fields entries = signed.object("targets");
    for (String name : entries.names()) {
      images.put(name, ImageEntry.read(entries.object(name)));
    }
    return new ImageTargets(metadata.version(), metadata.expires(), images);
  }

  /**
   * Checks that it lists the image of a Director's entry, and says the same of it (Uptane Standard
   * 2.1, full verification, step 10).
   *
   * @param where the manifest, for messages
   * @throws ConvoyException NOT_TRUSTED when it does not; each difference has its own message
   */
  public void requireMatch(String where, ManifestTarget target) {
    ImageEntry entry = images.get(target.image().fileName());
    if (entry == null) {
      throw Metadata.untrusted(
          "%s: image %s for ECU '%s': the image repository does not list it, expected it in its %d.targets.json"
              .formatted(where, target.image().fileName(), target.ecuSerial(), version));
    }
    entry.requireMatch(where, target);
  }
}

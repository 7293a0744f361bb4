package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.trust.SignedDocument;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A vehicle's manifest as files. The arrays are shared, not copied: nobody changes them.
 *
 * @param vin the vehicle
 * @param version the version of all three files
 * @param targets the bytes of {@code <version>.targets.json}
 * @param snapshot the bytes of {@code <version>.snapshot.json}
 * @param timestamp the bytes of {@code timestamp.json}
 */
// The arrays are compared by content below.
@SuppressWarnings("ArrayRecordComponent")
public record ManifestBundle(
    String vin, long version, byte[] targets, byte[] snapshot, byte[] timestamp) {
  static final String TIMESTAMP_FILE = "timestamp.json";

  /**
   * The files by name within the vehicle's folder, sorted by name. Names carry the version (TUF
   * specification 1.0.34, section 6.2, consistent snapshots), but for the timestamp's, which is
   * where a vehicle starts.
   */
  public SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(targetsFile(version), targets);
    files.put(snapshotFile(version), snapshot);
    files.put(TIMESTAMP_FILE, timestamp);
    return Collections.unmodifiableSortedMap(files);
  }

  /**
   * The ids of the keys that are said to have signed it.
   *
   * @throws ConvoyException NOT_TRUSTED when a file is no signed document
   */
  public SortedSet<String> keyids() {
    SortedSet<String> keyids = new TreeSet<>();
    files()
        .forEach(
            (name, bytes) ->
                SignedDocument.parse(bytes, vin + "/" + name)
                    .signatures()
                    .forEach(signature -> keyids.add(signature.keyid())));
    return keyids;
  }

  /** The targets file's name within the vehicle's folder. */
  public static String targetsFile(long version) {
    return version + ".targets.json";
  }

  /** The snapshot file's name within the vehicle's folder. */
  public static String snapshotFile(long version) {
    return version + ".snapshot.json";
  }

  /** The timestamp file's name within the vehicle's folder. */
  public static String timestampFile() {
    return TIMESTAMP_FILE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ManifestBundle bundle
        && vin.equals(bundle.vin)
        && version == bundle.version
        && Arrays.equals(targets, bundle.targets)
        && Arrays.equals(snapshot, bundle.snapshot)
        && Arrays.equals(timestamp, bundle.timestamp);
  }

  @Override
  public int hashCode() {
    return 31 * vin.hashCode() + Arrays.hashCode(targets);
  }

  @Override
  public String toString() {
    return "ManifestBundle[" + vin + ", version " + version + "]";
  }
}

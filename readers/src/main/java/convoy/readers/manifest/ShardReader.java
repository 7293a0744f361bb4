package convoy.readers.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ManifestBundle;
import convoy.data.vehicle.Vin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The manifests of a shard, by VIN. Only the list of entries is kept in memory; each vehicle's
 * files are read when asked for. Nothing is verified here. One thread at a time.
 */
public final class ShardReader implements Iterable<ManifestBundle>, AutoCloseable {
  /** No file of a manifest is longer: a vehicle has tens of ECUs, of some 700 bytes each. */
  static final int MAX_FILE_BYTES = 1 << 20;

  private static final Pattern NAME =
      Pattern.compile("[^/]+/(?:timestamp|([1-9][0-9]{0,15})\\.(?:snapshot|targets))\\.json");

  private final Path path;
  private final ZipFile zip;
  private final NavigableMap<String, Long> versionByVin;

  private ShardReader(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
    this.versionByVin = versions();
  }

  /**
   * Opens a shard.
   *
   * @throws ConvoyException INPUT_REFUSED when it is missing or no zip file, or has entries that
   *     are no manifest's, or a vehicle's manifest is not complete
   */
  public static ShardReader open(Path path) throws IOException {
    ZipFile zip = openZip(path);
    try {
      return new ShardReader(path, zip);
    } catch (ConvoyException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile openZip(Path path) throws IOException {
    try {
      return new ZipFile(path.toFile());
    } catch (NoSuchFileException e) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED, path + ": no such file, expected a shard", e);
    } catch (ZipException e) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED, path + ": not a zip file, expected a shard", e);
    }
  }

  /** The vehicles that the shard holds. */
  public SortedSet<String> vins() {
    return Collections.unmodifiableSortedSet(versionByVin.navigableKeySet());
  }

  /** The vehicle's manifest, if the shard holds it. */
  public Optional<ManifestBundle> find(String vin) {
    Long version = versionByVin.get(vin);
    return version == null ? Optional.empty() : Optional.of(read(vin, version));
  }

  /** The manifests in the order of their VINs. */
  @Override
  public Iterator<ManifestBundle> iterator() {
    return versionByVin.entrySet().stream()
        .map(entry -> read(entry.getKey(), entry.getValue()))
        .iterator();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Each vehicle has exactly its three files, with one version. */
  private NavigableMap<String, Long> versions() {
    NavigableMap<String, Long> versions = new TreeMap<>();
    Map<String, Integer> files = new HashMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      Matcher name = NAME.matcher(entry.getName());
      String vin = entry.getName().substring(0, Math.max(0, entry.getName().indexOf('/')));
      if (!name.matches() || !Vin.isWellFormed(vin)) {
        throw refused("entry '" + entry.getName() + "'", "names such as <VIN>/7.targets.json");
      }
      files.merge(vin, 1, Integer::sum);
      String number = name.group(1);
      if (number != null) {
        versions.put(vin, Long.valueOf(number));
      }
    }
    files.forEach(
        (vin, count) -> {
          Long version = versions.get(vin);
          if (count != 3 || version == null || !isComplete(vin, version)) {
            throw refused(
                count + " files for " + vin, "targets and snapshot of one version, and timestamp");
          }
        });
    return versions;
  }

  private boolean isComplete(String vin, long version) {
    return zip.getEntry(vin + "/" + ManifestBundle.targetsFile(version)) != null
        && zip.getEntry(vin + "/" + ManifestBundle.snapshotFile(version)) != null
        && zip.getEntry(vin + "/" + ManifestBundle.timestampFile()) != null;
  }

  private ManifestBundle read(String vin, long version) {
    return new ManifestBundle(
        vin,
        version,
        bytes(vin + "/" + ManifestBundle.targetsFile(version)),
        bytes(vin + "/" + ManifestBundle.snapshotFile(version)),
        bytes(vin + "/" + ManifestBundle.timestampFile()));
  }

  private byte[] bytes(String name) {
    ZipEntry entry = zip.getEntry(name);
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw refused("a longer entry '" + name + "'", MAX_FILE_BYTES + " bytes at most");
      }
      return bytes;
    } catch (ZipException e) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          path + ": entry '" + name + "' is damaged: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": entry '" + name + "' cannot be read", e);
    }
  }

  private ConvoyException refused(String found, String expected) {
    return new ConvoyException(
        ErrorCode.INPUT_REFUSED, path + ": found " + found + ", expected " + expected);
  }
}

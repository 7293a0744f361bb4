package convoy.writers.manifest;

import convoy.data.delivery.OutboxPath;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.io.WrittenFile;
import convoy.data.manifest.ManifestBundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the manifests of many vehicles as one zip file, a shard. The same bundles give the same
 * bytes, so that a restarted job may write a shard again. What it holds is stored, not compressed:
 * hashes and signatures shrink little, and packing them took half as long as signing
 * (docs/adr/0026-stored-shards.md). Threads may share it, for different shards.
 */
public final class ShardWriter {
  /** The most shards of a wave: the name has five digits. */
  public static final int MAX_SHARD = 99_999;

  // Not 1 January 1980: Java takes that for "before 1980" and adds a second time stamp, which
  // depends on the time zone.
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);
  private static final Pattern CAMPAIGN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /**
   * Writes {@code director/campaign=<id>/wave=<n>/shard-00000.zip}. A shard with the same bytes is
   * left; one with other bytes is replaced, as a job that was killed before it recorded the shard
   * needs.
   *
   * @param outbox the installation's outbox folder
   * @param campaign the campaign's id: letters, digits, '.', '_' and '-'
   * @param wave the wave's number, 0 or more
   * @param shard the shard's number in the wave, 0 to {@link #MAX_SHARD}
   * @param bundles the manifests, one for each vehicle, in the order of VINs; each is forgotten
   *     when it is written, so that they may be made on the way
   * @throws ConvoyException INPUT_REFUSED when the campaign's id cannot name a folder
   * @throws IllegalArgumentException when there is no bundle, two for one vehicle, another order,
   *     or a number is out of range; nothing is written then
   */
  public ShardFile write(
      Path outbox, String campaign, int wave, int shard, Iterable<ManifestBundle> bundles)
      throws IOException {
    Path path = path(outbox, campaign, wave, shard);
    int[] vehicles = new int[1];
    WrittenFile file = AtomicFiles.write(path, out -> vehicles[0] = zip(path, bundles, out));
    return new ShardFile(file.path(), file.bytes(), file.sha256(), vehicles[0], file.changed());
  }

  /** Where a shard stands. */
  public static Path path(Path outbox, String campaign, int wave, int shard) {
    if (!CAMPAIGN.matcher(campaign).matches()) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "campaign '" + campaign + "': expected letters, digits, '.', '_' and '-', 100 at most");
    }
    if (wave < 0 || shard < 0 || shard > MAX_SHARD) {
      throw new IllegalArgumentException(
          "wave "
              + wave
              + ", shard "
              + shard
              + ": expected 0 or more, and a shard to "
              + MAX_SHARD);
    }
    return outbox.resolve(OutboxPath.shard(campaign, wave, shard).text());
  }

  /** Returns how many vehicles there were. */
  private static int zip(Path path, Iterable<ManifestBundle> bundles, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setMethod(ZipOutputStream.STORED);
    int vehicles = 0;
    String last = "";
    for (ManifestBundle bundle : bundles) {
      requireNext(path, last, bundle.vin());
      for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
        store(zip, bundle.vin() + "/" + file.getKey(), file.getValue());
      }
      last = bundle.vin();
      vehicles++;
    }
    if (vehicles == 0) {
      throw new IllegalArgumentException(path + ": no manifests, expected one or more");
    }
    zip.finish();
    return vehicles;
  }

  private static void requireNext(Path path, String last, String vin) {
    int order = vin.compareTo(last);
    if (order == 0) {
      throw new IllegalArgumentException(path + ": two manifests for " + vin + ", expected one");
    }
    if (order < 0) {
      throw new IllegalArgumentException(
          path + ": " + vin + " after " + last + ", expected the order of VINs");
    }
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ENTRY_TIME);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}

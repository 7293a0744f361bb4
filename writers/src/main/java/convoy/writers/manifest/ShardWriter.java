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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the manifests of many vehicles as one zip file, a shard. The same bundles, in any order,
 * give the same bytes on the same Java platform, so that a restarted job may write a shard again.
 * Threads may share it, for different shards.
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
   * @param bundles the manifests, one for each vehicle
   * @throws ConvoyException INPUT_REFUSED when the campaign's id cannot name a folder
   * @throws IllegalArgumentException when there is no bundle, two for one vehicle, or a number is
   *     out of range
   */
  public ShardFile write(
      Path outbox, String campaign, int wave, int shard, List<ManifestBundle> bundles)
      throws IOException {
    Path path = path(outbox, campaign, wave, shard);
    List<ManifestBundle> sorted =
        bundles.stream().sorted(Comparator.comparing(ManifestBundle::vin)).toList();
    requireEachVehicleOnce(path, sorted);
    WrittenFile file = AtomicFiles.write(path, out -> zip(sorted, out));
    return new ShardFile(file.path(), file.bytes(), file.sha256(), sorted.size(), file.changed());
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

  private static void requireEachVehicleOnce(Path path, List<ManifestBundle> sorted) {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException(path + ": no manifests, expected one or more");
    }
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).vin().equals(sorted.get(i - 1).vin())) {
        throw new IllegalArgumentException(
            path + ": two manifests for " + sorted.get(i).vin() + ", expected one");
      }
    }
  }

  private static void zip(List<ManifestBundle> bundles, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.DEFAULT_COMPRESSION);
    for (ManifestBundle bundle : bundles) {
      for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
        ZipEntry entry = new ZipEntry(bundle.vin() + "/" + file.getKey());
        entry.setTimeLocal(ENTRY_TIME);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    zip.finish();
  }
}

package convoy.scheduler.cli;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChain;
import convoy.data.manifest.TakenBefore;
import convoy.data.manifest.VersionedFiles;
import convoy.readers.manifest.ShardReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the vehicles have taken before, for a command that plays them. */
final class TakenOptions {
  @Option(
      names = "--taken",
      paramLabel = "SHARD|FOLDER",
      description = {
        "What the vehicles took before: a shard, or the folder of one vehicle; can be given several times.",
        "Refused is a lower version, another content of the same version, a lowered release counter,",
        "and a root or list of images that is older than those above SHARD or FOLDER."
      })
  private List<Path> taken = new ArrayList<>();

  @Option(
      names = "--after",
      paramLabel = "VERSION",
      description = "The version that every vehicle took last: a lower one is refused.")
  private @Nullable Long after;

  /**
   * Reads them.
   *
   * @throws ConvoyException USAGE when one is not there or has no manifest
   */
  TakenBefore read() throws IOException {
    if (after != null && after < 1) {
      throw new ConvoyException(
          ErrorCode.USAGE, "--after: found %d, expected a version, 1 or more".formatted(after));
    }
    TakenBefore before = new TakenBefore(after);
    for (Path path : taken) {
      if (Files.notExists(path)) {
        throw new ConvoyException(
            ErrorCode.USAGE,
            "--taken: %s: found nothing there, expected a shard or the folder of a vehicle"
                .formatted(path));
      }
      if (Files.isDirectory(path)) {
        addFolder(before, path);
      } else {
        addShard(before, path);
      }
      addRepositories(before, path);
    }
    return before;
  }

  private static void addShard(TakenBefore before, Path path) throws IOException {
    try (ShardReader shard = ShardReader.open(path)) {
      for (ManifestBundle bundle : shard) {
        before.add(bundle.vin(), bundle.targets(), "%s: %s".formatted(path, bundle.vin()));
      }
    }
  }

  private static void addFolder(TakenBefore before, Path path) throws IOException {
    String vin = path.toAbsolutePath().normalize().getFileName().toString();
    List<Long> versions = VersionedFiles.versions(path, "targets");
    if (versions.isEmpty()) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "--taken: %s: found no manifest, expected the folder of a vehicle, such as %s/7.targets.json"
              .formatted(path, vin));
    }
    for (long version : versions) {
      Path file = path.resolve(ManifestBundle.targetsFile(version));
      before.add(vin, Files.readAllBytes(file), file.toString());
    }
  }

  /** The roots that lay there, and the image repository's beside them. */
  private static void addRepositories(TakenBefore before, Path path) throws IOException {
    for (Path folder = path.toAbsolutePath().normalize();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isDirectory(folder) && !RootChain.versions(folder).isEmpty()) {
        before.addRepository(Repository.DIRECTOR, folder);
        Path images = folder.resolveSibling(Repository.IMAGE.folder());
        if (Files.isDirectory(images)) {
          before.addRepository(Repository.IMAGE, images);
        }
        return;
      }
    }
  }
}

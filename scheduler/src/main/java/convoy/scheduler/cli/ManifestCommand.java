package convoy.scheduler.cli;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.manifest.ImageRepository;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestVerifier;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChain;
import convoy.data.manifest.RootMetadata;
import convoy.data.manifest.TakenBefore;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.manifest.VersionedFiles;
import convoy.readers.manifest.ShardReader;
import convoy.scheduler.launch.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "manifest",
    description = "Shows, verifies, unpacks and publishes what is in the outbox.",
    subcommands = {ManifestShowCommand.class, PublishCommand.class})
final class ManifestCommand {
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  ManifestCommand() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock the time at which manifests are verified
   */
  ManifestCommand(Clock clock) {
    this.clock = clock;
  }

  @Command(
      name = "verify",
      description = {
        "Checks manifests as their vehicles do, from the files and the public roots alone:",
        "signed by the Director, and of each image the same as the image repository says.",
        "Takes a shard (.zip), or the folder of one vehicle, whose name is its VIN."
      })
  int verify(
      @Mixin TakenOptions takenOptions,
      @Parameters(paramLabel = "SHARD|FOLDER") Path path,
      @Option(
              names = "--root",
              paramLabel = "FILE",
              description =
                  "The Director's trusted root; later ones are taken from beside it (default: 1.root.json in the outbox's director folder above SHARD).")
          @Nullable Path root,
      @Option(
              names = "--image-repository",
              paramLabel = "DIR",
              description =
                  "The image repository, with its trusted 1.root.json (default: the folder image beside that of the Director's root).")
          @Nullable Path images)
      throws IOException {
    Console console = new TerminalConsole(spec.commandLine());
    Path trusted =
        requireFile(
            root != null ? root : rootAbove(requireFile(path, "a shard or a folder")), "a root");
    Instant now = clock.instant();
    RootMetadata director = RootChain.follow(trusted);
    ManifestVerifier verifier = new ManifestVerifier(director);
    ImageRepository repository =
        ImageRepository.open(
            requireFile(images != null ? images : imagesBeside(trusted), "the image repository"),
            now);
    director.requireNoKeyOf(repository.root());
    TakenBefore taken = takenOptions.read();
    taken.requireNotBehind(director, repository);
    if (Files.isDirectory(path)) {
      String vin = path.toAbsolutePath().normalize().getFileName().toString();
      VerifiedManifest manifest =
          verifier
              .verify(vin, files(path), now, taken.version(vin))
              .requireMatch(repository.targets());
      taken.requireFollows(manifest.taken());
      ManifestText.lines(manifest, Map.of()).forEach(console::line);
      return 0;
    }
    int count = 0;
    int empty = 0;
    try (ShardReader shard = ShardReader.open(path)) {
      for (ManifestBundle bundle : shard) {
        VerifiedManifest manifest =
            verifier.verify(bundle.vin(), bundle, now, taken.version(bundle.vin()));
        taken.requireFollows(manifest.requireMatch(repository.targets()).taken());
        if (manifest.all().isEmpty()) {
          empty++;
        }
        count++;
      }
    }
    console.line(
        "%s: %,d manifests, each signed, for its own vehicle, and as the image repository says%s"
            .formatted(
                path.getFileName(),
                count,
                empty == 0
                    ? ""
                    : "; %,d of them install nothing and withdraw what came before"
                        .formatted(empty)));
    if (taken.vehicles() > 0) {
      console.line(
          "none goes back behind what %,d vehicles took before".formatted(taken.vehicles()));
    }
    return 0;
  }

  @Command(
      name = "unpack",
      description =
          "Lays the manifests of a shard out as files, one folder a vehicle, for a web server or to look at.")
  int unpack(
      @Parameters(paramLabel = "SHARD") Path path, @Parameters(paramLabel = "DIR") Path folder)
      throws IOException {
    int count = 0;
    int older = 0;
    try (ShardReader shard = ShardReader.open(path)) {
      for (ManifestBundle bundle : shard) {
        older += unpack(bundle, folder.resolve(bundle.vin())) ? 0 : 1;
        count++;
      }
    }
    Console console = new TerminalConsole(spec.commandLine());
    console.line("%,d vehicles unpacked to %s".formatted(count, folder));
    if (older > 0) {
      console.line(
          "%,d of them have a newer manifest there, with which their vehicles start as before"
              .formatted(older));
    }
    return 0;
  }

  /**
   * Lays a manifest out in its vehicle's folder, with the timestamp last, where the vehicle starts.
   *
   * @return whether it is the vehicle's newest there; else its timestamp is left out
   */
  private static boolean unpack(ManifestBundle bundle, Path folder) throws IOException {
    boolean isNewest = VersionedFiles.highest(folder, "targets") <= bundle.version();
    for (var file : bundle.files().entrySet()) {
      if (isNewest || !file.getKey().equals(ManifestBundle.timestampFile())) {
        AtomicFiles.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
    return isNewest;
  }

  private static Path requireFile(Path path, String expected) {
    if (Files.notExists(path)) {
      throw new ConvoyException(
          ErrorCode.USAGE, "%s: found nothing there, expected %s".formatted(path, expected));
    }
    return path;
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path file : (Iterable<Path>) entries.filter(Files::isRegularFile)::iterator) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** The outbox has both repositories beside each other. */
  private static Path imagesBeside(Path root) {
    return root.toAbsolutePath()
        .normalize()
        .resolveSibling("..")
        .resolve(Repository.IMAGE.folder())
        .normalize();
  }

  private static Path rootAbove(Path path) {
    for (Path folder = path.toAbsolutePath().getParent();
        folder != null;
        folder = folder.getParent()) {
      Path root = folder.resolve("1.root.json");
      if (Files.isRegularFile(root)) {
        return root;
      }
    }
    throw new ConvoyException(
        ErrorCode.USAGE,
        "%s: found no 1.root.json in the folders above it, expected one, or --root"
            .formatted(path));
  }
}

package convoy.scheduler.cli;

import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.PlacedManifests;
import convoy.data.duckdb.PlacedManifests.Placed;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ImageRepository;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestVerifier;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChain;
import convoy.data.manifest.RootMetadata;
import convoy.data.manifest.VerifiedManifest;
import convoy.readers.manifest.ShardReader;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.Vehicles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a manifest says is read from its shard; the store says where that is, and why it came. */
@Command(
    name = "show",
    description = {
      "Says what the newest manifest that was issued to a vehicle asks of it, and whether it would take it now.",
      "It is read from its shard in the outbox."
    })
final class ManifestShowCommand implements Callable<Integer> {
  @Mixin private HomeOptions options = new HomeOptions();

  @Parameters(paramLabel = "VIN")
  private String vin = "";

  @Option(names = "--version", paramLabel = "N", description = "An earlier one, by its version.")
  private @Nullable Long version;

  /**
   * What the store knows of the manifest that is asked for.
   *
   * @param later those of the vehicle that came after it, oldest first
   * @param before the versions that its ECUs ran before, by their serials
   */
  private record Known(String vin, Placed asked, List<Placed> later, Map<String, String> before) {}

  @Override
  public Integer call() throws IOException {
    Home home = options.existing();
    Console console = options.console();
    Known known = options.read("manifest show", this::known);
    Path shard = home.outbox().resolve(known.asked().shard().text());
    ManifestBundle bundle = bundle(shard, known);
    RootMetadata root = RootChain.latest(home.outbox().resolve(Repository.DIRECTOR.folder()));
    // As of its own time: one that has run out still says what it said.
    VerifiedManifest manifest =
        new ManifestVerifier(root).verify(known.vin(), bundle, known.asked().issuedAt(), null);
    ManifestText.lines(manifest, known.before()).forEach(console::line);
    reason(known.asked()).ifPresent(console::line);
    console.line("  in " + shard);
    console.line("  " + standing(home, root, bundle, known));
    return 0;
  }

  private Known known(FleetStore store) {
    String found = Vehicles.find(store, vin).vin();
    Path outbox = options.existing().outbox();
    // What stands there was issued, also where a run was killed before it recorded that.
    List<Placed> manifests =
        PlacedManifests.of(store, found).stream()
            .map(m -> Files.isRegularFile(outbox.resolve(m.shard().text())) ? m.issued() : m)
            .toList();
    if (manifests.isEmpty()) {
      throw refused(
          "%s: found no manifest, expected one that was issued: ./convoy explain %s says what comes next"
              .formatted(found, found));
    }
    Placed asked = asked(found, manifests);
    return new Known(
        found,
        asked,
        manifests.stream().filter(m -> m.version() > asked.version()).toList(),
        PlacedManifests.before(store, found, asked.version()));
  }

  private Placed asked(String of, List<Placed> manifests) {
    Optional<Placed> asked =
        manifests.stream()
            .filter(m -> version == null ? m.isIssued() : m.version() == version)
            .reduce((one, next) -> next);
    if (asked.isEmpty() && version != null) {
      throw refused(
          "%s: found no manifest of version %d, expected one of %s"
              .formatted(of, version, manifests.stream().map(Placed::version).toList()));
    }
    Placed chosen = asked.orElse(manifests.get(manifests.size() - 1));
    if (!chosen.isIssued()) {
      throw refused(
          "%s: found version %d, which is prepared for campaign %s and not issued, expected one in the outbox: ./convoy explain %s says what comes next"
              .formatted(of, chosen.version(), chosen.campaign(), of));
    }
    return chosen;
  }

  private static ManifestBundle bundle(Path shard, Known known) throws IOException {
    String what = "version %d of %s".formatted(known.asked().version(), known.vin());
    if (Files.notExists(shard)) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "%s: no such file, expected the shard with %s, which was issued at %s"
              .formatted(shard, what, known.asked().issuedAt()));
    }
    try (ShardReader reader = ShardReader.open(shard)) {
      return reader
          .find(known.vin())
          .filter(bundle -> bundle.version() == known.asked().version())
          .orElseThrow(
              () ->
                  new ConvoyException(
                      ErrorCode.NOT_TRUSTED,
                      "%s: found no %s, expected it there, as the fleet store says"
                          .formatted(shard, what)));
    }
  }

  /** Why it takes something back. */
  private static Optional<String> reason(Placed placed) {
    if (placed.withdraws() != null) {
      return Optional.of(
          "  withdraws version %d: %s".formatted(placed.withdraws(), placed.reason()));
    }
    return placed.rollsBack()
        ? Optional.of("  takes the vehicle back: " + placed.reason())
        : Optional.empty();
  }

  /** Whether the vehicle would take it now. */
  private static String standing(Home home, RootMetadata root, ManifestBundle bundle, Known known)
      throws IOException {
    Optional<Placed> newer =
        known.later().stream().filter(Placed::isIssued).reduce((one, next) -> next);
    if (newer.isPresent()) {
      return "the vehicle takes its newest manifest alone: version %d, issued %s"
          .formatted(newer.get().version(), newer.get().issuedAt());
    }
    Instant now = Instant.now();
    String next =
        known.later().stream()
            .map(
                m ->
                    "; version %d is prepared for campaign %s and not issued"
                        .formatted(m.version(), m.campaign()))
            .collect(Collectors.joining());
    try {
      ImageRepository images =
          ImageRepository.open(home.outbox().resolve(Repository.IMAGE.folder()), now);
      root.requireNoKeyOf(images.root());
      new ManifestVerifier(root)
          .verify(known.vin(), bundle, now, null)
          .requireMatch(images.targets());
      return "the vehicle takes it: signed, for it, and as the image repository says" + next;
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      return "the vehicle refuses it: " + e.getMessage() + next;
    }
  }

  private static ConvoyException refused(String message) {
    return new ConvoyException(ErrorCode.USAGE, message);
  }
}

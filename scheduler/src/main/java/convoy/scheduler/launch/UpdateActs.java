package convoy.scheduler.launch;

import convoy.data.campaign.Reasons;
import convoy.data.duckdb.Definitions;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Updates;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.jobs.registerdefinitions.UpdateRegistrar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people do to updates. */
public final class UpdateActs {
  private UpdateActs() {}

  /**
   * The registered update of that name and version; without a version, the one that was registered
   * last.
   *
   * @throws ConvoyException USAGE when there is none
   */
  public static Definitions.Update find(FleetStore store, String name, @Nullable String version) {
    List<Definitions.Update> all = Definitions.updates(store);
    return all.stream()
        .filter(u -> u.name().equals(name) && (version == null || u.version().equals(version)))
        .max(Comparator.comparing(Definitions.Update::registeredAt))
        .orElseThrow(
            () ->
                new ConvoyException(
                    ErrorCode.USAGE,
                    "update '%s': found none of that name%s, expected one of %s"
                        .formatted(
                            version == null ? name : name + " " + version,
                            version == null ? "" : " and version",
                            all.stream().map(u -> u.name() + " " + u.version()).toList())));
  }

  /**
   * The update that registering a file has given.
   *
   * @param result names it
   */
  public static Definitions.Update ofResult(FleetStore store, UpdateRegistrar.Result result) {
    return Definitions.updates(store).stream()
        .filter(u -> (u.name() + " " + u.version()).equals(result.update()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Withdraws an update.
   *
   * @return the campaigns that were paused
   * @throws ConvoyException USAGE when there is no such update, it is withdrawn already, or the
   *     reason is not one line that says something
   */
  public static List<String> withdraw(
      FleetStore store, String name, String version, String reason, Instant now) {
    Reasons.require("--reason", reason);
    Definitions.Update update = find(store, name, version);
    if (update.withdrawnAt() != null) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "update %s %s is withdrawn since %s: %s"
              .formatted(name, version, update.withdrawnAt(), update.withdrawnReason()));
    }
    return Updates.withdraw(store, name, version, reason, now);
  }

  /**
   * The definitions that the paths name: files as they are, of a folder its YAML files by name.
   *
   * @throws ConvoyException USAGE when a path does not exist, or a folder has no definition
   */
  public static List<Path> definitions(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isRegularFile(path)) {
        files.add(path);
        continue;
      }
      if (!Files.isDirectory(path)) {
        throw new ConvoyException(
            ErrorCode.USAGE, path + ": found no such file or folder, expected a definition");
      }
      try (Stream<Path> inFolder = Files.list(path)) {
        List<Path> yaml =
            inFolder.filter(f -> f.toString().matches(".*\\.ya?ml")).sorted().toList();
        if (yaml.isEmpty()) {
          throw new ConvoyException(
              ErrorCode.USAGE, path + ": found no *.yaml or *.yml in it, expected definitions");
        }
        files.addAll(yaml);
      }
    }
    return files;
  }
}

package convoy.scheduler.cli;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.image.ImageKeys;
import convoy.data.io.AtomicFiles;
import convoy.data.manifest.DirectorKeys;
import convoy.data.manifest.RootMetadata;
import convoy.jobs.images.ImageStore;
import convoy.jobs.trust.Operators;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Makes a new home: folders, settings, the Director's keys and root, the key of images, and two
 * operators.
 */
final class Installer {
  /** The trial operators; each can approve what the other wrote. */
  static final List<String> OPERATORS = List.of("alice", "bob");

  private static final Duration ROOT_VALID = Duration.ofDays(3650);

  private Installer() {}

  /**
   * Makes the home.
   *
   * @throws ConvoyException USAGE when there is an installation already; nothing is changed then
   */
  static void install(Home home, Instant now) throws IOException {
    Path director = home.keys().resolve("director");
    if (Files.exists(director) || Files.exists(home.store().resolve("fleet.duckdb"))) {
      throw new ConvoyException(
          ErrorCode.USAGE, home.root() + ": found an installation already, which is left as it is");
    }
    home.create();
    if (Files.notExists(home.settingsFile())) {
      AtomicFiles.write(
          home.settingsFile(), ConvoySettings.defaultText().getBytes(StandardCharsets.UTF_8));
    }
    DirectorKeys keys = DirectorKeys.create();
    keys.store(director);
    AtomicFiles.write(
        director.resolve("1.root.json"), RootMetadata.create(keys, now.plus(ROOT_VALID)));
    ImageKeys.create(ImageStore.keys(home), now);
    Operators operators = new Operators(home.keys());
    for (String name : OPERATORS) {
      operators.add(name);
    }
  }
}

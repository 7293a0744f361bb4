package convoy.jobs;

import convoy.config.Home;
import convoy.data.io.AtomicFiles;
import convoy.data.manifest.DirectorKeys;
import convoy.data.manifest.RootMetadata;
import convoy.jobs.samples.SampleData;
import convoy.jobs.trust.Operators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Homes in temporary folders, as an installation makes them. */
public final class TestHome {
  private TestHome() {}

  /** A new home with keys, the operators alice, bob and carol, and these settings. */
  public static Path install(Path root, String settings) {
    Home home = new Home(root);
    try {
      home.create();
      Files.writeString(home.settingsFile(), settings);
      Path director = home.keys().resolve("director");
      DirectorKeys keys = DirectorKeys.create();
      keys.store(director);
      AtomicFiles.write(
          director.resolve("1.root.json"),
          RootMetadata.create(keys, JobHarness.NOW.plus(Duration.ofDays(3650))));
      Operators operators = new Operators(home.keys());
      for (String name : List.of("alice", "bob", "carol")) {
        operators.add(name);
      }
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the sample updates and campaigns into the home. */
  public static void writeDefinitions(Path root) {
    SampleData.writeDefinitions(root, SampleData.PUBLISHED.seed());
  }

  /** A copy of a home that nobody has open. */
  public static Path copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file below a folder by its relative path, sorted. */
  public static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

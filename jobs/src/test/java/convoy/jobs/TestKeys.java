package convoy.jobs;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.io.AtomicFiles;
import convoy.jobs.repository.Repositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The trial keys of both repositories, the same in all homes: making them takes a while. */
final class TestKeys {
  private static final Map<String, byte[]> FILES = make();

  private TestKeys() {}

  /** Puts them into a home, each for its owner alone. */
  static void putInto(Home home) throws IOException {
    for (var file : FILES.entrySet()) {
      Path path = home.keys().resolve(file.getKey());
      if (file.getKey().endsWith(".json")) {
        AtomicFiles.write(path, file.getValue());
      } else {
        AtomicFiles.writePrivate(path, file.getValue());
      }
    }
  }

  private static Map<String, byte[]> make() {
    try {
      Home home = new Home(Files.createTempDirectory("convoy-keys"));
      home.create();
      Repositories.of(home, ConvoySettings.defaults()).createTrial(Map.of(), JobHarness.NOW);
      Map<String, byte[]> files = new TreeMap<>();
      try (Stream<Path> all = Files.walk(home.keys())) {
        for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
          files.put(home.keys().relativize(file).toString(), Files.readAllBytes(file));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package convoy.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/** Folders that test classes of this Java machine have copies of; they go when it ends. */
final class MadeOnce {
  private final Path folder;
  private final Map<String, Path> made = new HashMap<>();

  MadeOnce() {
    try {
      folder = Files.createTempDirectory("convoy-homes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile()), "made-once"));
  }

  /** The folder of that name. A maker that fails leaves none, and is asked again. */
  Path once(String name, Consumer<Path> maker) {
    Path known = made.get(name);
    if (known == null) {
      known = folder.resolve(made.size() + "-" + System.nanoTime()).resolve("home");
      maker.accept(known);
      made.put(name, known);
    }
    return known;
  }
}

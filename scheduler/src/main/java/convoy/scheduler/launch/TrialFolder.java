package convoy.scheduler.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder beside the fleet store for a copy of it, which goes when it is closed. As long as it is
 * open it holds a lock that ends with its process; whoever makes the next one removes those whose
 * process died.
 */
final class TrialFolder implements AutoCloseable {
  private static final String PREFIX = "preview-";
  private static final String TURN = "preview.lock";
  private static final String ALIVE = "alive.lock";

  private final Path path;
  private final FileChannel alive;

  private TrialFolder(Path path, FileChannel alive) {
    this.path = path;
    this.alive = alive;
  }

  /**
   * Makes one, and removes what dead processes left.
   *
   * @param store the folder of the fleet store: the copy is as large, and the folder for temporary
   *     files may be small
   */
  static TrialFolder make(Path store) throws IOException {
    // One at a time, so that nobody takes a folder that is not locked yet for a dead one's.
    try (FileChannel turn = turn(store.resolve(TURN))) {
      removeDead(store);
      Path path = Files.createTempDirectory(store, PREFIX);
      FileChannel alive = open(path.resolve(ALIVE));
      alive.lock();
      return new TrialFolder(path, alive);
    }
  }

  private static FileChannel turn(Path file) throws IOException {
    FileChannel turn = open(file);
    try {
      turn.lock();
      return turn;
    } catch (IOException | RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  private static void removeDead(Path store) throws IOException {
    List<Path> folders;
    try (Stream<Path> entries = Files.list(store)) {
      folders =
          entries
              .filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
              .filter(Files::isDirectory)
              .toList();
    }
    for (Path folder : folders) {
      try (FileChannel lock = open(folder.resolve(ALIVE))) {
        if (isDead(lock)) {
          delete(folder);
        }
      }
    }
  }

  private static boolean isDead(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // This very process holds it.
      return false;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Removes the folder. */
  @Override
  public void close() {
    // In turn, so that nobody takes what is left of it, without its lock, for a dead one's.
    try (alive;
        FileChannel turn = turn(path.resolveSibling(TURN))) {
      delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path.toString(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}

package convoy.data.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a file aside in its own folder ({@code .name.part}), syncs it, renames it, and syncs the
 * folder. A reader sees the earlier file or the new one, never a half. One writer per file at a
 * time; what a killed one left aside is overwritten by the next.
 */
public final class AtomicFiles {
  private static final FileAttribute<?>[] DEFAULT = {};
  private static final FileAttribute<?>[] OWNER_FILE = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };
  private static final FileAttribute<?>[] OWNER_FOLDER = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
  };

  private AtomicFiles() {}

  /** Puts the content of a file into a stream, which it need not close. */
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes or replaces a file; missing folders are made. */
  public static WrittenFile write(Path file, byte[] content) throws IOException {
    return write(file, out -> out.write(content));
  }

  /** Writes or replaces a file from a stream; a file that has the same bytes already is left. */
  public static WrittenFile write(Path file, Body body) throws IOException {
    createFolder(folderOf(file), DEFAULT);
    return writeAside(file, body, DEFAULT);
  }

  /**
   * Writes or replaces a file as a copy of another.
   *
   * @param check is given the SHA-256 of what was copied, in lower-case hex, before the file gets
   *     its name; when it throws, the file stays as it was
   */
  public static WrittenFile copy(Path source, Path file, Consumer<String> check)
      throws IOException {
    createFolder(folderOf(file), DEFAULT);
    return writeAside(file, out -> Files.copy(source, out), check, DEFAULT);
  }

  /**
   * Writes a new file that only its owner can read and write (0600), in a folder that is made with
   * 0700 when it is missing. File systems without POSIX permissions keep their own rules.
   *
   * @throws FileAlreadyExistsException when the file is there: a secret is never overwritten
   */
  public static WrittenFile writePrivate(Path file, byte[] content) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    boolean posix = hasPosixPermissions(file);
    createFolder(folderOf(file), posix ? OWNER_FOLDER : DEFAULT);
    return writeAside(file, out -> out.write(content), posix ? OWNER_FILE : DEFAULT);
  }

  /** Gives a file that stands complete on disk its name in the same folder, and makes that last. */
  public static void rename(Path written, Path file) throws IOException {
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(folderOf(file));
  }

  /** Whether the file system that holds this path keeps an owner, a group and others apart. */
  public static boolean hasPosixPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static WrittenFile writeAside(Path file, Body body, FileAttribute<?>[] attributes)
      throws IOException {
    return writeAside(file, body, sha256 -> {}, attributes);
  }

  private static WrittenFile writeAside(
      Path file, Body body, Consumer<String> check, FileAttribute<?>[] attributes)
      throws IOException {
    Path folder = folderOf(file);
    Path aside = folder.resolve("." + file.getFileName() + ".part");
    Files.deleteIfExists(aside);
    try {
      String sha256 = writeSynced(aside, body, attributes);
      check.accept(sha256);
      long bytes = Files.size(aside);
      if (Files.isRegularFile(file) && Files.mismatch(aside, file) < 0) {
        Files.delete(aside);
        return new WrittenFile(file, bytes, sha256, false);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(folder);
      return new WrittenFile(file, bytes, sha256, true);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static String writeSynced(Path aside, Body body, FileAttribute<?>[] attributes)
      throws IOException {
    MessageDigest digest = Digests.of("SHA-256");
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(aside, options, attributes)) {
      // Not closed here: closing the stream would close the channel before it is synced.
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
      body.writeTo(out);
      out.flush();
      channel.force(true);
    }
    return Digests.hex(digest);
  }

  private static void createFolder(Path folder, FileAttribute<?>[] attributes) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folderOf(folder);
    createFolder(parent, attributes);
    try {
      Files.createDirectory(folder, attributes);
    } catch (FileAlreadyExistsException e) {
      // Another writer may have made it in the meantime; anything but a folder is an error.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    syncFolder(parent);
  }

  /** Makes a rename or a new name in the folder last; only POSIX systems can open a folder. */
  private static void syncFolder(Path folder) throws IOException {
    if (hasPosixPermissions(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static Path folderOf(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(file + ": expected a path with a folder");
    }
    return parent;
  }
}

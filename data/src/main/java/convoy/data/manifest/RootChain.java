package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The roots of a repository in a folder: {@code 1.root.json}, {@code 2.root.json} and so on. From
 * the one that is trusted by its place, each is checked by the one before (TUF specification
 * 1.0.34, section 5.3).
 */
public final class RootChain {
  private RootChain() {}

  /**
   * The latest root of a folder, from its {@code 1.root.json} on.
   *
   * @throws ConvoyException NOT_TRUSTED when there is none, a version is missing, or one is not
   *     signed as it must be
   */
  public static RootMetadata latest(Path folder) throws IOException {
    return follow(folder.resolve(RootMetadata.fileName(1)));
  }

  /** The latest root beside a trusted one, under the same conditions. */
  public static RootMetadata follow(Path trusted) throws IOException {
    RootMetadata root = RootMetadata.parse(read(trusted), where(trusted));
    Path folder = folderOf(trusted);
    for (long version : versions(folder)) {
      if (version > root.version()) {
        Path next = folder.resolve(RootMetadata.fileName(root.version() + 1));
        root = root.followedBy(read(next), where(next));
      }
    }
    return root;
  }

  /** The versions that a folder has, in order. */
  public static List<Long> versions(Path folder) throws IOException {
    return VersionedFiles.versions(folder, RootMetadata.ROOT);
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw Metadata.untrusted(
          file + ": no such file, expected every version of the root from the first on", e);
    }
  }

  /** A root's name with its repository's. */
  private static String where(Path file) {
    Path folder = folderOf(file).getFileName();
    return (folder == null ? "" : folder + "/") + file.getFileName();
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + ": expected a file in a folder");
    }
    return folder;
  }
}

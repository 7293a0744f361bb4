package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Director's private keys, one for each role. The root key signs root metadata only, and may be
 * kept off the machine that issues manifests.
 *
 * @param root the root key, or null when it is kept elsewhere
 */
public record DirectorKeys(
    @Nullable SigningKey root, SigningKey targets, SigningKey snapshot, SigningKey timestamp) {
  private static final String ROOT_FILE = "root.pem";
  private static final String TARGETS_FILE = "targets.pem";
  private static final String SNAPSHOT_FILE = "snapshot.pem";
  private static final String TIMESTAMP_FILE = "timestamp.pem";

  /** Four new keys. */
  public static DirectorKeys create() {
    return new DirectorKeys(
        SigningKey.generate(), SigningKey.generate(), SigningKey.generate(), SigningKey.generate());
  }

  /**
   * Reads {@code targets.pem}, {@code snapshot.pem}, {@code timestamp.pem} and, where it is there,
   * {@code root.pem}.
   *
   * @throws ConvoyException NOT_TRUSTED when one is missing, unreadable, or open to others
   */
  public static DirectorKeys load(Path folder) throws IOException {
    Path root = folder.resolve(ROOT_FILE);
    return new DirectorKeys(
        Files.exists(root) ? KeyFiles.load(root) : null,
        KeyFiles.load(folder.resolve(TARGETS_FILE)),
        KeyFiles.load(folder.resolve(SNAPSHOT_FILE)),
        KeyFiles.load(folder.resolve(TIMESTAMP_FILE)));
  }

  /**
   * Writes the keys as PEM, each for its owner alone.
   *
   * @throws ConvoyException NOT_TRUSTED when the folder has one of the files already; then none is
   *     written
   */
  public void store(Path folder) throws IOException {
    for (String name : List.of(ROOT_FILE, TARGETS_FILE, SNAPSHOT_FILE, TIMESTAMP_FILE)) {
      if (Files.exists(folder.resolve(name))) {
        throw new ConvoyException(
            ErrorCode.NOT_TRUSTED,
            folder.resolve(name) + ": there is a key already, expected a folder without keys");
      }
    }
    if (root != null) {
      KeyFiles.store(folder.resolve(ROOT_FILE), root);
    }
    KeyFiles.store(folder.resolve(TARGETS_FILE), targets);
    KeyFiles.store(folder.resolve(SNAPSHOT_FILE), snapshot);
    KeyFiles.store(folder.resolve(TIMESTAMP_FILE), timestamp);
  }

  SigningKey requireRoot() {
    if (root == null) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED, "the root key is not here, expected " + ROOT_FILE);
    }
    return root;
  }
}

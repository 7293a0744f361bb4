package convoy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * The folders of one installation. Everything it reads and writes lies under the root.
 *
 * @param root an absolute path
 */
public record Home(Path root) {
  /** The environment variable that names the root. */
  public static final String VARIABLE = "CONVOY_HOME";

  private static final String DEFAULT = "convoy-home";

  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /** The home that the environment names, {@code ./convoy-home} without one. */
  public static Home of(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "");
    return new Home(Path.of(named.isBlank() ? DEFAULT : named));
  }

  public Path inboxManufacturing() {
    return root.resolve("inbox").resolve("manufacturing");
  }

  public Path inboxStatus() {
    return root.resolve("inbox").resolve("status");
  }

  /** Input files that were taken over. */
  public Path archive() {
    return root.resolve("archive");
  }

  public Path quarantine() {
    return root.resolve("quarantine");
  }

  /** Update definitions and their images. */
  public Path updates() {
    return root.resolve("updates");
  }

  public Path campaigns() {
    return root.resolve("campaigns");
  }

  /** Profiles of plants' exports. */
  public Path profiles() {
    return root.resolve("profiles");
  }

  public Path outbox() {
    return root.resolve("outbox");
  }

  public Path reports() {
    return root.resolve("reports");
  }

  /** Private keys; readable by the owner alone. */
  public Path keys() {
    return root.resolve("keys");
  }

  /** Public keys of gateways that sign what they collect; the folder need not be there. */
  public Path gateways() {
    return keys().resolve("gateways");
  }

  /** Database files. */
  public Path store() {
    return root.resolve("store");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** The user's settings; the file need not be there. */
  public Path settingsFile() {
    return root.resolve("convoy.yaml");
  }

  /**
   * Makes the folders that are not there yet. A new keys folder gets mode 0700 where the file
   * system has such modes; an existing one keeps the mode that its owner gave it.
   *
   * @throws IOException when a folder cannot be made
   */
  public void create() throws IOException {
    for (Path folder :
        List.of(
            inboxManufacturing(),
            inboxStatus(),
            archive(),
            quarantine(),
            updates(),
            campaigns(),
            profiles(),
            outbox(),
            reports(),
            store(),
            logs())) {
      Files.createDirectories(folder);
    }
    if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          keys(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(keys());
    }
  }
}

package convoy.jobs.images;

import convoy.config.Home;
import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Images;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.image.ImageCipher;
import convoy.data.image.ImageKey;
import convoy.data.image.ImageKeys;
import convoy.data.io.AtomicFiles;
import convoy.data.io.FileDigest;
import convoy.data.io.RunningDigest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The images of all registered updates, each kept once, encrypted, under the SHA-256 of the clear
 * image: {@code <sha256>.cms}, and its key, sealed for this installation, as {@code
 * <sha256>.key.cms} (docs/adr/0009). A clear image is read and never written.
 */
public final class ImageStore {
  /** What is being encrypted; its name does not depend on the hash, which is known at the end. */
  private static final String UNFINISHED = "unfinished";

  private final Path folder;
  private final Path keys;

  /**
   * @param folder where the images are kept
   * @param keys the folder of the installation's image key
   */
  public ImageStore(Path folder, Path keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /** The image store of an installation. */
  public static ImageStore of(Home home) {
    return new ImageStore(home.store().resolve("images"), keys(home));
  }

  /** Where an installation has the key of its images. */
  public static Path keys(Home home) {
    return home.keys().resolve("images");
  }

  /** What was read when a kept image was opened: the image, and the file that holds it. */
  public record Opened(FileDigest clear, FileDigest encrypted) {}

  /**
   * Encrypts the file into the store, reading it once; an image that is kept whole already stays as
   * it is. After a kill at any moment the store has the image whole or not at all; what else is
   * left is encrypted, and goes with {@link #clean}.
   *
   * @return the clear image
   */
  FileDigest store(FleetStore store, Path file, Instant now) throws IOException {
    clean();
    ImageKeys own = ImageKeys.load(keys);
    ImageKey key = ImageKey.generate();
    Path unfinished = folder.resolve(UNFINISHED);
    FileDigest clear = encrypt(file, unfinished, key);
    Optional<Opened> kept = whole(own, clear.sha256());
    if (kept.isEmpty()) {
      // The key first: an image without its key would be of no use to anyone.
      AtomicFiles.write(keyFile(clear.sha256()), own.seal(key));
      kept = Optional.of(open(own, clear.sha256(), unfinished));
      AtomicFiles.rename(unfinished, file(clear.sha256()));
    }
    Files.deleteIfExists(unfinished);
    record(store, kept.get(), now);
    return clear;
  }

  private static FileDigest encrypt(Path file, Path encrypted, ImageKey key) throws IOException {
    RunningDigest read = new RunningDigest();
    AtomicFiles.write(
        encrypted,
        out -> {
          try (InputStream in = Files.newInputStream(file)) {
            ImageCipher.encrypt(read.reading(in), out, key);
          }
        });
    return read.result();
  }

  private static void record(FleetStore store, Opened kept, Instant now) {
    boolean isRecorded =
        Images.find(store, kept.clear().sha256())
            .filter(row -> row.verifiedAt() != null)
            .filter(row -> new Opened(row.clear(), row.encrypted()).equals(kept))
            .isPresent();
    if (!isRecorded) {
      Images.stored(store, kept.clear(), kept.encrypted(), now);
    }
  }

  private Optional<Opened> whole(ImageKeys own, String sha256) throws IOException {
    try {
      return Optional.of(open(own, sha256, file(sha256)));
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * Opens a kept image and reads it to its end.
   *
   * @param sha256 of the clear image
   * @throws ConvoyException NOT_TRUSTED when the image or its key is missing or was changed, or the
   *     installation's own key is; the message says which
   * @throws IOException when a file cannot be read
   */
  public Opened open(String sha256) throws IOException {
    return open(ImageKeys.load(keys), sha256, file(sha256));
  }

  /**
   * Opens a kept image and compares it with what was recorded of it.
   *
   * @return why it cannot be published, as a sentence; empty when it is whole
   */
  public Optional<String> problem(String sha256, Optional<Images.Kept> recorded) {
    try {
      Opened opened = open(sha256);
      if (recorded.isEmpty()) {
        return Optional.of("it is in the image store, but was not recorded there");
      }
      Opened expected = new Opened(recorded.get().clear(), recorded.get().encrypted());
      return opened.equals(expected)
          ? Optional.empty()
          : Optional.of(
              "%s: found %s, expected %s, as it was stored"
                  .formatted(file(sha256).getFileName(), opened.encrypted(), expected.encrypted()));
    } catch (ConvoyException e) {
      if (e.code() != ErrorCode.NOT_TRUSTED) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("%s: cannot be read: %s".formatted(file(sha256).getFileName(), e));
    }
  }

  private Opened open(ImageKeys own, String sha256, Path encrypted) throws IOException {
    require(encrypted);
    require(keyFile(sha256));
    RunningDigest clear = new RunningDigest();
    RunningDigest read = new RunningDigest();
    ImageKey key = key(own, sha256);
    try (InputStream in = read.reading(Files.newInputStream(encrypted))) {
      ImageCipher.decrypt(in, clear.writing(), key);
    } catch (ConvoyException e) {
      throw untrusted(encrypted.getFileName() + ": " + e.getMessage(), e);
    }
    Opened opened = new Opened(clear.result(), read.result());
    if (!opened.clear().sha256().equals(sha256)) {
      throw untrusted(
          "%s: holds another image, with SHA-256 %s"
              .formatted(encrypted.getFileName(), opened.clear().sha256()),
          null);
    }
    return opened;
  }

  /** The key of a kept image, as it opens with the installation's own key. */
  ImageKey key(ImageKeys own, String sha256) throws IOException {
    try {
      return own.open(Files.readAllBytes(keyFile(sha256)));
    } catch (ConvoyException e) {
      throw untrusted(keyFile(sha256).getFileName() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The key of a kept image, which the encrypted image names as its own; the image itself is not
   * read.
   *
   * @param sha256 of the clear image
   * @throws ConvoyException NOT_TRUSTED when one of them is missing or is another one, or the
   *     installation's own key is; the message says which
   */
  ImageKey key(String sha256) throws IOException {
    Path encrypted = file(sha256);
    require(encrypted);
    require(keyFile(sha256));
    ImageKey key = key(ImageKeys.load(keys), sha256);
    try (InputStream in = Files.newInputStream(encrypted)) {
      ImageCipher.requireKey(in, key);
      return key;
    } catch (ConvoyException e) {
      throw untrusted(encrypted.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static void require(Path kept) {
    if (!Files.isRegularFile(kept)) {
      throw untrusted(kept.getFileName() + ": missing, expected it in the image store", null);
    }
  }

  /** Where the encrypted image of that hash is kept; its bytes are for the caller to check. */
  public Path file(String sha256) {
    return folder.resolve(sha256 + ".cms");
  }

  /** Whether the encrypted image is there with that length, and its key; nothing is opened. */
  public boolean isThere(String sha256, long encryptedLength) throws IOException {
    return Files.isRegularFile(file(sha256))
        && Files.size(file(sha256)) == encryptedLength
        && Files.isRegularFile(keyFile(sha256));
  }

  private Path keyFile(String sha256) {
    return folder.resolve(sha256 + ".key.cms");
  }

  /** Removes what a killed process left unfinished. */
  public void clean() throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{unfinished,.*.part}")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}

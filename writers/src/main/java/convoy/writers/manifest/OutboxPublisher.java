package convoy.writers.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.io.FileDigest;
import convoy.data.io.WrittenFile;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.ManifestImage;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootMetadata;
import convoy.data.trust.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Publishes what all vehicles share: root metadata, the image repository's metadata, and images.
 */
public final class OutboxPublisher {
  private final Path outbox;

  /**
   * @param outbox the installation's outbox folder
   */
  public OutboxPublisher(Path outbox) {
    this.outbox = outbox;
  }

  /**
   * Publishes {@code <version>.root.json} of a repository. A published root is never replaced:
   * vehicles that have taken it refuse another of the same number.
   *
   * @throws ConvoyException NOT_TRUSTED when the root is not properly signed, or another one is
   *     published under its number
   */
  public WrittenFile publishRoot(Repository repository, byte[] root) throws IOException {
    long version = RootMetadata.parse(root, "root.json").version();
    Path file = folder(repository).resolve(RootMetadata.fileName(version));
    if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), root)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          file + ": another root is published under this number, expected a higher number");
    }
    return AtomicFiles.write(file, root);
  }

  /** Publishes targets, snapshot or timestamp of the image repository under that name. */
  public WrittenFile publishImageMetadata(String name, byte[] metadata) throws IOException {
    return AtomicFiles.write(folder(Repository.IMAGE).resolve(name), metadata);
  }

  private Path folder(Repository repository) {
    return outbox.resolve(repository.folder());
  }

  /**
   * Publishes an encrypted image under the name that the URIs of manifests end in ({@link
   * EncryptedImage#fileName}), as it is in the image store, whose bytes are read and checked each
   * time.
   *
   * @param source the encrypted image
   * @param fileName the image's file name in its update
   * @param sha256 the encrypted image's hash in manifests, 64 lower-case hex digits
   * @throws ConvoyException INPUT_REFUSED when the name or hash is not one of a manifest;
   *     NOT_TRUSTED when the file is missing or has another hash, and then nothing is published
   */
  public WrittenFile publishImage(Path source, String fileName, String sha256) throws IOException {
    if (!ManifestImage.isFileName(fileName) || !Hashes.isHex(sha256, 32)) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "image '"
              + fileName
              + "' with SHA-256 '"
              + sha256
              + "': expected a name of letters, digits, '.', '_' and '-', and 64 lower-case hex"
              + " digits");
    }
    Path file = outbox.resolve("images").resolve(EncryptedImage.fileName(sha256, fileName));
    if (!Files.isRegularFile(source)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "image " + fileName + ": expected it in the image store as " + source.getFileName());
    }
    if (Files.isRegularFile(file)
        && FileDigest.sha256(file).equals(sha256)
        && FileDigest.sha256(source).equals(sha256)) {
      // Not copied again each night: images are large.
      return new WrittenFile(file, Files.size(file), sha256, false);
    }
    return AtomicFiles.copy(
        source,
        file,
        found -> {
          if (!found.equals(sha256)) {
            throw new ConvoyException(
                ErrorCode.NOT_TRUSTED,
                "image "
                    + fileName
                    + ": found SHA-256 "
                    + found
                    + " in the image store, expected "
                    + sha256);
          }
        });
  }
}

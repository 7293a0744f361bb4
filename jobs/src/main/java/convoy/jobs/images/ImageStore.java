package convoy.jobs.images;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.AtomicFiles;
import convoy.data.io.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The images of all registered updates, each kept once under its hash. */
public final class ImageStore {
  /** The largest image that a manifest can name (docs/formats/update-manifest.md). */
  static final long LARGEST = 4L << 30;

  private final Path folder;

  /**
   * @param folder where the images are kept
   */
  public ImageStore(Path folder) {
    this.folder = folder;
  }

  /** One image. */
  public record Image(String name, long length, String sha256, String sha512) {}

  /**
   * Takes a copy of an image that a definition names.
   *
   * @param definition the definition's file, to whose folder the path is relative
   * @throws ConvoyException INPUT_REFUSED when the image is missing, empty or too large
   */
  public Image take(Path definition, String path) {
    Path file = definition.resolveSibling(path);
    String where = "%s: image '%s'".formatted(definition.getFileName(), path);
    try {
      if (!Files.isRegularFile(file)) {
        throw refused(where + ": found no such file, expected it beside or below the definition");
      }
      long length = Files.size(file);
      if (length == 0) {
        throw refused(where + ": found an empty file, expected the module's software");
      }
      if (length > LARGEST) {
        throw refused(
            "%s: found %,d bytes, expected at most %,d".formatted(where, length, LARGEST));
      }
      FileDigest digest = FileDigest.of(file);
      AtomicFiles.write(folder.resolve(digest.sha256()), out -> Files.copy(file, out));
      return new Image(file.getFileName().toString(), length, digest.sha256(), digest.sha512());
    } catch (IOException e) {
      throw new UncheckedIOException(where, e);
    }
  }

  /**
   * Where the image of that hash is kept; its bytes are for the caller to check.
   *
   * @throws ConvoyException NOT_TRUSTED when it is missing
   */
  public Path file(String name, String sha256) {
    Path kept = folder.resolve(sha256);
    if (!Files.isRegularFile(kept)) {
      throw new ConvoyException(
          ErrorCode.NOT_TRUSTED,
          "image %s: expected it in the image store as %s".formatted(name, sha256));
    }
    return kept;
  }

  private static ConvoyException refused(String message) {
    return new ConvoyException(ErrorCode.INPUT_REFUSED, message);
  }
}

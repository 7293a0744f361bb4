package convoy.jobs.images;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Images;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the images of one definition into the image store. The files are left where they are;
 * {@link ClearImages} removes them when the definition is registered.
 */
public final class ImageIntake {
  /** The largest image that a manifest can name (docs/formats/update-manifest.md). */
  private static final long LARGEST = 4L << 30;

  private final ImageStore images;
  private final FleetStore store;
  private final Path definition;
  private final Optional<Map<String, Image>> registered;
  private final Instant now;

  /**
   * @param definition the definition's file, to whose folder paths of images are relative
   * @param registered the canonical JSON of the update when it is registered: its images are kept
   *     already, need no file, and a file with other content is looked at but not taken
   */
  public ImageIntake(
      ImageStore images,
      FleetStore store,
      Path definition,
      Optional<String> registered,
      Instant now) {
    this.images = images;
    this.store = store;
    this.definition = definition;
    this.registered = registered.map(Image::ofDefinition);
    this.now = now;
  }

  /**
   * Takes one image.
   *
   * @throws ConvoyException INPUT_REFUSED when it is missing, empty, too large, or changes while it
   *     is read
   */
  public Image take(String path) {
    Path file = definition.resolveSibling(path);
    String name = String.valueOf(file.getFileName());
    String where = "%s: image '%s'".formatted(definition.getFileName(), path);
    Image known = registered.map(images -> images.get(name)).orElse(null);
    try {
      if (!Files.isRegularFile(file)) {
        if (known != null) {
          return known;
        }
        throw refused(where + ": found no such file, expected it beside or below the definition");
      }
      requireLength(where, Files.size(file));
      if (registered.isEmpty()) {
        return Image.of(name, stored(where, file));
      }
      Image found = Image.of(name, FileDigest.of(file));
      if (found.equals(known)
          && images.problem(found.sha256(), Images.find(store, found.sha256())).isPresent()) {
        // What was lost or damaged since it was registered comes back with its file.
        images.store(store, file, now);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(where, e);
    }
  }

  private static void requireLength(String where, long length) {
    if (length == 0) {
      throw refused(where + ": found an empty file, expected the module's software");
    }
    if (length > LARGEST) {
      throw refused("%s: found %,d bytes, expected at most %,d".formatted(where, length, LARGEST));
    }
  }

  private FileDigest stored(String where, Path file) throws IOException {
    BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
    FileDigest clear = images.store(store, file, now);
    BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
    if (before.size() != after.size()
        || clear.length() != after.size()
        || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
      throw refused(where + ": changed while it was read, expected a file that is complete");
    }
    return clear;
  }

  private static ConvoyException refused(String message) {
    return new ConvoyException(ErrorCode.INPUT_REFUSED, message);
  }
}

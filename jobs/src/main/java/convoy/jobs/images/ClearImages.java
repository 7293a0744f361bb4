package convoy.jobs.images;

import convoy.data.io.FileDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Removes the clear images of registered updates from the home, where only their encrypted form is
 * to stay. It looks at files alone, so that what a kill left is removed by the next run.
 */
public final class ClearImages {
  private final Path updates;
  private final List<String> refused = new ArrayList<>();

  /**
   * @param updates the home's folder of definitions; nothing outside it is touched
   * @param refused the definitions in it that are not registered: the files that they name are left
   *     for when they have been put right
   */
  public ClearImages(Path updates, List<Path> refused) throws IOException {
    this.updates = updates.toRealPath();
    for (Path definition : refused) {
      // Whatever is wrong with it, the names of its images are plain letters in it.
      this.refused.add(Files.readString(definition, StandardCharsets.ISO_8859_1));
    }
  }

  /**
   * Removes the images that a registered definition names.
   *
   * @param paths as the definition has them
   * @param images the registered images by their file names; a file with other content stays
   * @return how many files were removed
   */
  public int remove(Path definition, List<String> paths, Map<String, Image> images)
      throws IOException {
    int removed = 0;
    for (String path : paths) {
      Path file = definition.resolveSibling(path);
      String name = String.valueOf(file.getFileName());
      Image image = images.get(name);
      if (image != null
          && Files.isRegularFile(file)
          && file.toRealPath().startsWith(updates)
          && refused.stream().noneMatch(text -> text.contains(name))
          && FileDigest.sha256(file).equals(image.sha256())) {
        Files.delete(file);
        removed++;
      }
    }
    return removed;
  }
}

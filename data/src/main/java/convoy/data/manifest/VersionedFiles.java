package convoy.data.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Metadata files whose names carry their versions, such as {@code 7.targets.json}. */
public final class VersionedFiles {
  private VersionedFiles() {}

  /**
   * The versions of a role that a folder has, in order; none where there is no folder.
   *
   * @param role as names have it, such as "targets"
   */
  public static List<Long> versions(Path folder, String role) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern name = Pattern.compile("([1-9][0-9]{0,15})\\." + role + "\\.json");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> name.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(found -> Long.valueOf(found.group(1)))
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  /** The highest of them; 0 for none. */
  public static long highest(Path folder, String role) throws IOException {
    List<Long> versions = versions(folder, role);
    return versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
  }
}

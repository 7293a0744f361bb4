package convoy.jobs.input;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run takes in of a folder.
 *
 * @param files in the order in which they are taken in
 * @param left a line for a person on each file that stays for a later run
 */
public record Intake(List<Path> files, List<String> left) {
  public Intake {
    files = List.copyOf(files);
    left = List.copyOf(left);
  }

  /** All that is ready, in that order. */
  public static Intake of(Inbox.Content inbox, List<Path> files) {
    return new Intake(
        files, inbox.unfinished().stream().map(file -> left(file, "still being written")).toList());
  }

  /** What is said of a file that stays. */
  static String left(Path file, String why) {
    return "%s: left, %s".formatted(file.getFileName(), why);
  }
}

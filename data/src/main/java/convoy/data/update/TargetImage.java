package convoy.data.update;

import static convoy.data.update.DefinitionChecks.check;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The software that some of a module's hardware gets.
 *
 * @param hardware the hardware parts that get it; empty: all that the target is for
 * @param path the file's path relative to the definition's file, with {@code /}
 */
public record TargetImage(List<String> hardware, String path) {
  // No '..', no root, no drive: an image lies beside or below its definition.
  private static final Pattern PATH =
      Pattern.compile("(?!.*(?:^|/)\\.\\.?(?:/|$))[^/\\\\:\\p{Cntrl}]+(?:/[^/\\\\:\\p{Cntrl}]+)*");

  public TargetImage {
    hardware = List.copyOf(hardware);
    DefinitionChecks.distinct("hardware", hardware);
    check(
        PATH.matcher(path).matches(),
        "image",
        path,
        "a path below the definition's folder such as images/abs-2.1.0.bin");
  }

  /** The one image of a target, whatever its hardware. */
  public static TargetImage forAll(String path) {
    return new TargetImage(List.of(), path);
  }
}

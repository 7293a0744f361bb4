package convoy.jobs.resubmit;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Where new files are put and what they are called. */
final class Target {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern EARLIER =
      Pattern.compile("\\.resubmit-\\d{8}T\\d{6}Z(-\\d+)?\\..*$");

  private Target() {}

  /** A name in the folder that no file has, after the input's: {@code NAME.resubmit-TIME.csv}. */
  static Path in(Path folder, String input, Instant now, String extension) {
    String stem = EARLIER.matcher(input).replaceFirst("") + ".resubmit-" + TIME.format(now);
    Path file = folder.resolve(stem + extension);
    for (int n = 2; Files.exists(file); n++) {
      file = folder.resolve(stem + "-" + n + extension);
    }
    return file;
  }

  /** The file, which must not be there: what a person may have edited is never overwritten. */
  static Path free(Path file) {
    if (Files.exists(file)) {
      throw new ConvoyException(
          ErrorCode.USAGE, file + ": found a file, expected a name that is free");
    }
    return file;
  }
}

package convoy.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.ConvoySettings;
import convoy.config.ErrorAction;
import convoy.jobs.JobHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a file and its signature are taken in: ages in seconds, the wait is an hour. */
class SignedFilesTest {
  private static final Instant NOW = JobHarness.NOW;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # required | file | signature | taken                | left
          false      | 60   | -         | log.csv              |
          false      | 60   | 60        | log.csv              |
          false      | 60   | 1         |                      | log.csv: left, its signature is still being written; log.csv.sig: left, still being written
          false      | 1    | 60        |                      | log.csv: left, still being written
          true       | 60   | -         |                      | log.csv: left, waits for log.csv.sig until 2026-11-21T02:29:00Z
          true       | 3599 | -         |                      | log.csv: left, waits for log.csv.sig until 2026-11-21T01:30:01Z
          true       | 3600 | -         | log.csv              |
          true       | 9999 | 60        | log.csv              |
          true       | 60   | 9999      | log.csv              |
          true       | 9999 | 1         |                      | log.csv: left, its signature is still being written; log.csv.sig: left, still being written
          false      | -    | 3599      |                      | log.csv.sig: left, waits for log.csv until 2026-11-21T01:30:01Z
          false      | -    | 3600      | log.csv.sig          |
          true       | -    | 60        |                      | log.csv.sig: left, waits for log.csv until 2026-11-21T02:29:00Z
          """)
  void byAge(
      boolean required,
      @Nullable Integer file,
      @Nullable Integer signature,
      @Nullable String taken,
      @Nullable String left) {
    put("log.csv", file);
    put("log.csv.sig", signature);
    Intake intake = of(required, false);
    assertThat(names(intake)).isEqualTo(taken == null ? List.of() : List.of(taken));
    assertThat(String.join("; ", intake.left())).isEqualTo(left == null ? "" : left);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aFileThatNeedsNoneIsTakenAtOnce(boolean needsNone) {
    put("log.csv.resubmit-20261121T013000Z.csv", 60);
    assertThat(names(of(true, needsNone))).hasSize(needsNone ? 1 : 0);
  }

  private Intake of(boolean required, boolean needsNone) {
    ConvoySettings.Status settings =
        new ConvoySettings.Status(1, Map.of(), ErrorAction.RETRY, required, Duration.ofHours(1));
    return SignedFiles.of(
        Inbox.look(folder, Duration.ofSeconds(10), NOW), settings, NOW, file -> needsNone);
  }

  private static List<String> names(Intake intake) {
    return intake.files().stream().map(file -> file.getFileName().toString()).toList();
  }

  private void put(String name, @Nullable Integer age) {
    if (age != null) {
      try {
        Path file = Files.writeString(folder.resolve(name), "x");
        Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(age)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package convoy.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A half-written file is left until it is complete (DESIGN rule 5.2). */
class InboxTest {
  private static final Instant NOW = JobHarness.NOW;
  private static final Duration SETTLE = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void filesOfThatNightAreReadyByName() throws IOException {
    Path second = file("b.csv", NOW.minusSeconds(60));
    Path first = file("a.csv", NOW.minusSeconds(11));
    assertThat(look()).isEqualTo(new Inbox.Content(List.of(first, second), List.of()));
  }

  @Test
  void aFileThatChangedWithinTheSettlingTimeIsLeft() throws IOException {
    Path young = file("a.csv", NOW.minusSeconds(9));
    assertThat(look()).isEqualTo(new Inbox.Content(List.of(), List.of(young)));
  }

  @Test
  void aFileThatHasSettledToTheSecondIsReady() throws IOException {
    Path settled = file("a.csv", NOW.minus(SETTLE));
    assertThat(look()).isEqualTo(new Inbox.Content(List.of(settled), List.of()));
  }

  @Test
  void aFileWhoseNameSaysThatItIsNotCompleteIsLeftHoweverOld() throws IOException {
    Instant old = NOW.minus(Duration.ofDays(3));
    List<Path> unfinished =
        List.of(
            file(".a.csv", old),
            file("a.csv.PART", old),
            file("b.csv.filepart", old),
            file("c.csv.crdownload", old),
            file("d.tmp", old));
    assertThat(look()).isEqualTo(new Inbox.Content(List.of(), unfinished));
  }

  @Test
  void foldersAreNoFiles() throws IOException {
    Files.createDirectory(folder.resolve("sub.csv"));
    assertThat(look()).isEqualTo(new Inbox.Content(List.of(), List.of()));
  }

  private Inbox.Content look() {
    return Inbox.look(folder, SETTLE, NOW);
  }

  private Path file(String name, Instant changed) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "x");
    Files.setLastModifiedTime(file, FileTime.from(changed));
    return file;
  }
}

package convoy.scheduler.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialFolderTest {
  @TempDir Path store;

  /** Another process, with a folder that is as large as two files. */
  static final class Other {
    private Other() {}

    public static void main(String[] store) throws Exception {
      TrialFolder folder = TrialFolder.make(Path.of(store[0]));
      Files.writeString(
          Files.createDirectory(folder.path().resolve("store")).resolve("fleet.duckdb"), "copy");
      System.out.println(folder.path());
      System.in.read();
      folder.close();
    }
  }

  /** A process, and the folder that it has made. */
  private record Started(Process process, Path folder) {}

  private Started start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                store.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return new Started(process, Path.of(Objects.requireNonNull(out.readLine())));
  }

  @Test
  void whatAKilledProcessLeftGoesWithTheNextOneAndWhatLivingOnesHaveStays() throws Exception {
    Started living = start();
    Started killed = start();
    try {
      killed.process().destroyForcibly().waitFor();
      assertThat(killed.folder().resolve("store/fleet.duckdb")).exists();

      try (TrialFolder mine = TrialFolder.make(store);
          TrialFolder another = TrialFolder.make(store)) {
        assertThat(killed.folder()).doesNotExist();
        assertThat(living.folder().resolve("store/fleet.duckdb")).exists();
        assertThat(mine.path()).isDirectory().isNotEqualTo(another.path());
      }

      living.process().outputWriter(StandardCharsets.UTF_8).append('\n').close();
      assertThat(living.process().waitFor()).isZero();
      try (var left = Files.list(store)) {
        assertThat(left).containsExactly(store.resolve("preview.lock"));
      }
    } finally {
      living.process().destroyForcibly();
      killed.process().destroyForcibly();
    }
  }

  @Test
  void oneThatIsClosedWaitsForItsTurnLikeOneThatIsMade() throws IOException {
    TrialFolder folder = TrialFolder.make(store);
    try (FileChannel turn =
        FileChannel.open(store.resolve("preview.lock"), StandardOpenOption.WRITE)) {
      turn.lock();
      // In another process it would wait; in this one Java refuses to.
      assertThatThrownBy(folder::close).isInstanceOf(OverlappingFileLockException.class);
    }
    assertThat(folder.path().resolve("alive.lock")).exists();
  }

  @Test
  void anOldFolderWithoutALockGoesAndOtherFilesStay() throws IOException {
    Files.createDirectories(store.resolve("preview-123/store"));
    Files.writeString(store.resolve("preview-notes.txt"), "mine");
    TrialFolder.make(store).close();
    try (var left = Files.list(store)) {
      assertThat(left)
          .containsExactlyInAnyOrder(
              store.resolve("preview.lock"), store.resolve("preview-notes.txt"));
    }
  }
}

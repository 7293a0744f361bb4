package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that is full while a file is imported or the outbox delivered; while manifests are issued,
 * in KilledIssuingTest. In place of a small disk, files may not grow beyond a size from then on
 * ({@code prlimit} of util-linux): writes fail in the same way.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiskFullTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String READING = "reading wolfsburg-ecus.csv: ";

  private TestHome delivered;
  private Map<String, List<String>> undisturbed;

  @BeforeAll
  void runUndisturbed(@TempDir Path temporary) throws Exception {
    delivered = TestHome.make(temporary, "delivered", "import:\n  chunk-rows: 100\n");
    delivered.deliverFleet(7, 1_000, 60);
    TestHome home = delivered.copy("undisturbed");
    assertThat(home.run("nightly").status()).isZero();
    undisturbed = Facts.IMPORTED.in(home);
  }

  /** Nothing at all can be written; not the fleet store; only the fleet store's log not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 200_000, 400_000})
  void theCommandSaysSoAndGoesOnWhenThereIsRoom(int bytes) throws Exception {
    TestHome home = delivered.copy("full-" + bytes);
    try (ConvoyProcess nightly = home.start("nightly")) {
      Await.until(
          "the import", LIMIT, () -> home.progress().startsWith(READING) || !nightly.isAlive());
      limitFiles(nightly.pid(), bytes);
      ConvoyProcess.Ended full = nightly.await();
      assertThat(full.status()).as(full.out() + full.err()).isEqualTo(1);
      if (bytes > 0) {
        // With 0 what it says cannot be written either, since the test keeps that in files.
        assertThat(full.err())
            .startsWith("convoy: the disk is full (")
            .contains(home.home().store().toString())
            .contains(
                "): expected room to write; make some and run the same command again: it goes on"
                    + " where it stopped, and nothing is half taken over\n")
            .doesNotContain("\tat ");
      }
    }
    assertThat(home.inbox()).isNotEmpty();
    assertThat(home.number("select count(*) from import_file where name = 'wolfsburg-ecus.csv'"))
        .isZero();

    var second = home.run("nightly");
    assertThat(second.err()).isEmpty();
    assertThat(second.status()).isZero();
    assertThat(Facts.IMPORTED.in(home)).isEqualTo(undisturbed);
    assertThat(home.inbox()).isEmpty();
  }

  /** A share that is full keeps nothing else from being done. */
  @Test
  void aDeliveryThatHasNoRoomFailsAndItsRunEnds() throws Exception {
    TestHome home = delivered.copy("undelivered");
    Path share = Files.createDirectories(home.home().root().resolveSibling("share"));
    home.settings("publish: {to: FOLDER, folder: ../share}\n");
    Files.writeString(home.home().outbox().resolve("a.txt"), "small");
    try (RandomAccessFile large =
        new RandomAccessFile(home.home().outbox().resolve("b.bin").toFile(), "rw")) {
      large.setLength(200_000_000);
    }
    try (ConvoyProcess publish = home.start("manifest", "publish")) {
      limitFiles(publish.pid(), 100_000_000);
      ConvoyProcess.Ended full = publish.await();
      assertThat(full.out())
          .startsWith("publishOutbox\n  " + share + ": 1 files published, 5 bytes");
      assertThat(full.err())
          .startsWith("publishOutbox failed: the disk is full (")
          .contains("\nconvoy: not all was published; ");
      assertThat(full.status()).isEqualTo(1);
    }
    assertThat(home.rows("select outcome from run where kind = 'PUBLISH'"))
        .containsExactly("UNDELIVERED");
  }

  /** From now on no file of that process may grow beyond so many bytes. */
  static void limitFiles(long pid, int bytes) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes).start();
    } catch (IOException e) {
      assumeThat(false).as("no prlimit on this system: %s", e.getMessage()).isTrue();
      throw e;
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}

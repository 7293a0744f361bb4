package convoy.jobs.resubmit;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.io.FileDigest;
import convoy.data.status.GatewaySignature;
import convoy.data.status.StatusColumn;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.SigningKey;
import convoy.jobs.input.InputParameters;
import convoy.jobs.reconcilestatus.ReadStatusLogJobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;

/** Where the settings ask for signatures, only what a known gateway put there is taken in. */
class SignedStatusFilesTest {
  private static final SigningKey EAST = SigningKey.generate();
  private static final SigningKey STRANGER = SigningKey.generate();

  @TempDir static Path folder;
  private static Rejections home;
  private static Path inbox;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(folder.resolve("convoy.yaml"), "status: {require-signature: true}\n");
    home = new Rejections(folder);
    inbox = home.jobs.home().inboxStatus();
    Files.createDirectories(home.jobs.home().gateways());
    KeyFiles.storePublic(home.jobs.home().gateways().resolve("east.pub"), EAST.publicKey());
    Files.writeString(home.jobs.home().gateways().resolve("README"), "not a key");
  }

  @AfterAll
  static void stop() {
    home.close();
  }

  @Test
  void aSignedFileLandsAndLiesInTheArchiveWithItsSignature() throws IOException {
    Path file = log("good.csv", EAST);
    String hash = FileDigest.sha256(file).substring(0, 8);
    assertThat(take(file))
        .isEqualTo("good.csv: 1 rows read, 0 accepted, 0 unchanged, 1 quarantined");
    assertThat(Rejections.files(inbox)).isEmpty();
    assertThat(folder.resolve("archive/status/" + hash + "-good.csv")).exists();
    assertThat(folder.resolve("archive/status/" + hash + "-good.csv.sig")).exists();

    // Its rows come again in a file of Convoy's own.
    home.send("good.csv");
    Path again = Rejections.only(inbox);
    assertThat(take(again)).endsWith(".csv: 1 rows read, 0 accepted, 0 unchanged, 1 quarantined");
    // An edited one is nobody's.
    Path edited = folder.resolve("edited.csv");
    home.takeOut("good.csv", null, edited);
    Path moved = Files.move(edited, inbox.resolve("edited.csv"));
    Files.writeString(moved, "\n", StandardOpenOption.APPEND);
    assertThat(take(moved))
        .isEqualTo(
            "edited.csv: refused: edited.csv: found no signature edited.csv.sig beside it, expected that of a gateway (status.require-signature)");
  }

  @Test
  void withoutItsSignatureAFileIsRefusedAndComesBackWhenThatIsThere() throws IOException {
    Path file = log("late.csv", null);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(take(file))
        .isEqualTo(
            "late.csv: refused: late.csv: found no signature late.csv.sig beside it, expected that of a gateway (status.require-signature)");
    Path refused = folder.resolve("quarantine/" + home.input("late.csv").shortHash() + "-late.csv");
    assertThat(refused).hasBinaryContent(bytes);
    sign(inbox.resolve("late.csv"), FileDigest.sha256(refused), EAST);
    home.send("late.csv");
    assertThat(take(inbox.resolve("late.csv")))
        .isEqualTo("late.csv: 1 rows read, 0 accepted, 0 unchanged, 1 quarantined");
    assertThat(Rejections.files(inbox)).isEmpty();
  }

  @Test
  void aStrangersFileGoesToQuarantineWithItsSignatureAndBothComeBack() throws IOException {
    Path file = log("strange.csv", STRANGER);
    byte[] bytes = Files.readAllBytes(file);
    byte[] signature = Files.readAllBytes(inbox.resolve("strange.csv.sig"));
    assertThat(take(file))
        .isEqualTo(
            "strange.csv: refused: strange.csv.sig: signed by 0 keys of a gateway, expected 1: key %s is not a key of a gateway"
                .formatted(STRANGER.publicKey().shortId()));
    assertThat(Rejections.files(inbox)).isEmpty();
    String kept = "quarantine/" + home.input("strange.csv").shortHash() + "-strange.csv";
    assertThat(folder.resolve(kept)).hasBinaryContent(bytes);
    assertThat(folder.resolve(kept + ".sig")).hasBinaryContent(signature);
    assertThat(
            home.jobs
                .sql()
                .rows(
                    "select rule, raw from quarantine where file = 'strange.csv' union all select act, subject from audit_log where subject = 'strange.csv'"))
        .containsExactly("FILE_REFUSED|", "FILE_REFUSED|strange.csv");

    home.send("strange.csv");
    assertThat(inbox.resolve("strange.csv")).hasBinaryContent(bytes);
    assertThat(inbox.resolve("strange.csv.sig")).hasBinaryContent(signature);
    assertThat(folder.resolve(kept + ".sig")).doesNotExist();
    Files.delete(inbox.resolve("strange.csv"));
    Files.delete(inbox.resolve("strange.csv.sig"));
  }

  @Test
  void aSignatureOfOtherBytesIsRefused() throws IOException {
    Path file = log("changed.csv", EAST);
    Files.writeString(file, "\n", StandardOpenOption.APPEND);
    assertThat(take(file))
        .startsWith("changed.csv: refused: changed.csv.sig: signed.sha256: found '")
        .endsWith("', which is the file beside it");
  }

  @Test
  void aSignatureWithoutItsFileIsRefused() throws IOException {
    Path signature = sign(inbox.resolve("gone.csv"), "0".repeat(64), EAST);
    assertThat(take(signature))
        .isEqualTo(
            "gone.csv.sig: refused: gone.csv.sig: found no file gone.csv beside it, expected the one that it signs");
    assertThat(Rejections.files(inbox)).isEmpty();
  }

  @Test
  void aKeyThatCannotBeReadFailsTheJobAndLeavesTheFile() throws IOException {
    Path file = log("wait.csv", EAST);
    Path broken = Files.writeString(home.jobs.home().gateways().resolve("west.pub"), "no key");
    try {
      var execution = home.jobs.take(ReadStatusLogJobConfiguration.JOB, file, "broken key");
      assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
      assertThat(execution.getAllFailureExceptions())
          .first()
          .hasToString(
              "convoy.data.error.ConvoyException: %s: found no PEM block, expected -----BEGIN PUBLIC KEY-----"
                  .formatted(broken));
      assertThat(file).exists();
    } finally {
      Files.delete(broken);
    }
    assertThat(take(file)).startsWith("wait.csv: 1 rows read");
  }

  private static String take(Path file) {
    return home.take(ReadStatusLogJobConfiguration.JOB, file);
  }

  /** A log of one event of an unknown vehicle. */
  private static Path log(String name, @Nullable SigningKey gateway) throws IOException {
    Path file =
        Files.writeString(
            inbox.resolve(name),
            StatusColumn.headerLine()
                + "\n"
                + name
                + ",2026-11-21T02:30:00Z,WVWCE2DR6RW999999,ABS,brakes,1,1,RECEIVED,,,\n");
    if (gateway != null) {
      sign(file, InputParameters.of(file, "any").sha256(), gateway);
    }
    return file;
  }

  private static Path sign(Path file, String sha256, SigningKey gateway) throws IOException {
    String name = file.getFileName().toString();
    return Files.write(
        file.resolveSibling(name + ".sig"), GatewaySignature.sign(name, sha256, gateway));
  }
}

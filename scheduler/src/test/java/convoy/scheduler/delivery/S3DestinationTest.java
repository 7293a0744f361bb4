package convoy.scheduler.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.config.DataSize;
import convoy.config.ObjectChecksum;
import convoy.config.PublishSettings;
import convoy.data.delivery.OutboxPath;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.scheduler.delivery.ObjectStore.Checksums;
import convoy.scheduler.delivery.ObjectStore.Fault;
import convoy.writers.delivery.Destination;
import convoy.writers.delivery.OutgoingFile;
import convoy.writers.delivery.S3Destination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in an object store that looks closely, and fails in every way that one can. */
class S3DestinationTest {
  private static final int PART = 5 << 20;
  private static final String SHARD = "director/campaign=c/wave=1/shard-00000.zip";

  @TempDir Path folder;
  private ObjectStore store;

  S3DestinationTest() throws IOException {
    store = new ObjectStore(Checksums.KNOWN);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private S3Destination open(Checksums known, ObjectChecksum checksum) throws IOException {
    store.close();
    store = new ObjectStore(known);
    return open(checksum, 3, Duration.ofSeconds(20));
  }

  private S3Destination open() throws IOException {
    return open(Checksums.KNOWN, ObjectChecksum.SHA256);
  }

  private S3Destination open(ObjectChecksum checksum, int attempts, Duration timeout)
      throws IOException {
    return S3Destination.open(
        new PublishSettings.S3(
            ObjectStore.BUCKET,
            "night/",
            "eu-central-1",
            store.endpoint(),
            true,
            "",
            checksum,
            new DataSize(PART),
            attempts,
            timeout),
        key("[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n", "rw-------"));
  }

  private Path key(String text, String mode) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("key"), text.formatted(ObjectStore.KEY_ID, ObjectStore.SECRET));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private OutgoingFile file(String path, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return file(path, content);
  }

  private OutgoingFile file(String path, byte[] content) throws IOException {
    Path source = Files.write(folder.resolve("source"), content);
    return new OutgoingFile(
        source, new OutboxPath(path), content.length, Hashed.hex("SHA-256", content));
  }

  private void assertThere(OutgoingFile file) throws IOException {
    assertThat(store.bytes("night/" + file.path().text()))
        .isEqualTo(Files.readAllBytes(file.source()));
    assertThat(store.unfinished()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "KNOWN, SHA256, 0, PUT",
    "KNOWN, SHA256, 5242880, PUT",
    "KNOWN, SHA256, 5242881, POST",
    "KNOWN, MD5, 1000, PUT",
    "UNKNOWN, SHA256, 1000, PUT",
    "UNKNOWN, SHA256, 11000000, POST",
    "REFUSED, MD5, 1000, PUT",
    "REFUSED, MD5, 11000000, POST"
  })
  void aFileIsSentWholeOrInPartsAndKnownAgain(
      Checksums known, ObjectChecksum checksum, int bytes, String by) throws IOException {
    try (S3Destination destination = open(known, checksum)) {
      OutgoingFile file = file("images/" + "0".repeat(64) + ".a.cms", bytes);
      assertThat(destination.put(file)).isEqualTo(Destination.Outcome.COPIED);
      assertThere(file);
      assertThat(
              store.requests().stream().filter(r -> !r.startsWith("HEAD") && !r.startsWith("GET")))
          .first()
          .asString()
          .startsWith(by + " night/images/");

      assertThat(destination.put(file)).isEqualTo(Destination.Outcome.WAS_THERE);
      assertThat(store.requests())
          .containsExactly("HEAD night/images/" + "0".repeat(64) + ".a.cms");
    }
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE, 5000", "CUT, 5000", "UNAVAILABLE, 12000000", "CUT, 12000000"})
  void whatPassesIsTriedAgain(Fault fault, int bytes) throws IOException {
    try (S3Destination destination = open()) {
      store.fail("HEAD", 1, fault);
      store.fail("PUT", 2, fault);
      OutgoingFile file = file(SHARD, bytes);
      assertThat(destination.put(file)).isEqualTo(Destination.Outcome.COPIED);
      assertThere(file);
    }
  }

  @Test
  void anUploadThatWasCutOffGoesOnWithThePartThatIsMissing() throws IOException {
    OutgoingFile file = file(SHARD, 4 * PART + 10);
    try (S3Destination destination = open()) {
      store.fail("PUT night/" + SHARD + " part 4", 3, Fault.CUT);
      assertThatThrownBy(() -> destination.put(file))
          .isInstanceOfSatisfying(
              ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_FAILED))
          .hasMessageStartingWith("s3://fleet/night/" + SHARD + ": no answer from the store: ");
    }
    assertThat(store.keys()).isEmpty();
    assertThat(store.unfinished()).isEqualTo(1);
    store.requests();

    try (S3Destination destination = open(ObjectChecksum.SHA256, 3, Duration.ofSeconds(20))) {
      assertThat(destination.put(file)).isEqualTo(Destination.Outcome.COPIED);
    }
    assertThere(file);
    assertThat(store.requests().stream().filter(r -> r.startsWith("PUT")))
        .containsExactly("PUT night/" + SHARD + " part 4", "PUT night/" + SHARD + " part 5");
  }

  @Test
  void anUnfinishedUploadOfAFileThatMayChangeIsGivenUp() throws IOException {
    OutgoingFile file = file("image/big.bin", PART + 10);
    try (S3Destination destination = open()) {
      store.fail("PUT night/image/big.bin part 2", 1, Fault.DENIED);
      assertThatThrownBy(() -> destination.put(file))
          .hasMessage(
              "s3://fleet/night/image/big.bin: HTTP 403 AccessDenied: words on AccessDenied");
      OutgoingFile other = file("image/big.bin", PART + 20);
      assertThat(destination.put(other)).isEqualTo(Destination.Outcome.COPIED);
      assertThere(other);
    }
  }

  @Test
  void otherBytesUnderANameThatFixesThemAreLeftAndNamed() throws IOException {
    try (S3Destination destination = open()) {
      byte[] found = {1, 2, 3};
      store.put("night/director/1.root.json", found);
      OutgoingFile root = file("director/1.root.json", 100);
      assertThatThrownBy(() -> destination.put(root))
          .isInstanceOfSatisfying(
              ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED))
          .hasMessage(
              "s3://fleet/night/director/1.root.json: found 3 bytes with SHA-256 %s there, expected"
                  + " nothing or the 100 bytes of the outbox with SHA-256 %s",
              Hashed.base64("SHA-256", found), root.sha256());
      assertThat(store.bytes("night/director/1.root.json")).isEqualTo(found);

      store.put("night/image/timestamp.json", found);
      OutgoingFile timestamp = file("image/timestamp.json", 100);
      assertThat(destination.put(timestamp)).isEqualTo(Destination.Outcome.COPIED);
      assertThere(timestamp);
    }
  }

  @Test
  void theSameBytesThatAnotherProgramPutThereAreTakenForTheFile() throws IOException {
    try (S3Destination destination = open()) {
      OutgoingFile root = file("director/1.root.json", 100);
      store.put("night/director/1.root.json", Files.readAllBytes(root.source()));
      assertThat(destination.put(root)).isEqualTo(Destination.Outcome.WAS_THERE);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, PUT", "6000000, POST"})
  void whatTheStoreHasOtherwiseThanItWasSentIsTakenAway(int bytes, String by) throws IOException {
    try (S3Destination destination = open()) {
      OutgoingFile file = file(SHARD, bytes);
      // The POST that begins the upload is not the one that completes it.
      store.fail(by + " night/" + SHARD, by.equals("PUT") ? 1 : 2, Fault.DAMAGED);
      assertThatThrownBy(() -> destination.put(file))
          .hasMessageContaining(" there after it was sent, expected %,d bytes with SHA-256 ", bytes)
          .hasMessageEndingWith("; it is taken away again");
      assertThat(store.keys()).isEmpty();
      assertThat(destination.put(file)).isEqualTo(Destination.Outcome.COPIED);
      assertThere(file);
    }
  }

  @Test
  void aFileThatChangesOnItsWayIsRefusedByTheStore() throws IOException {
    try (S3Destination destination = open()) {
      OutgoingFile file = file(SHARD, 1000);
      Files.write(file.source(), new byte[1000]);
      assertThatThrownBy(() -> destination.put(file))
          .hasMessageContaining(": it changed while it was published: found SHA-256 ");
      assertThat(store.keys()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 6_000_000})
  void aSourceThatIsGoneIsAFailureToReadIt(int bytes) throws IOException {
    try (S3Destination destination = open()) {
      OutgoingFile file = file(SHARD, bytes);
      Files.delete(file.source());
      assertThatThrownBy(() -> destination.put(file)).isInstanceOf(NoSuchFileException.class);
      assertThat(store.keys()).isEmpty();
    }
  }

  @Test
  void aSourceThatGoesWhileItIsSentIsAFailureToReadIt() throws Exception {
    OutgoingFile file = file(SHARD, 1000);
    try (S3Destination destination = open(ObjectChecksum.SHA256, 3, Duration.ofSeconds(20))) {
      // Its body is read anew for each try; the pauses between them give the time.
      store.fail("PUT", 2, Fault.UNAVAILABLE);
      CompletableFuture<Void> put =
          CompletableFuture.runAsync(
              () -> {
                try {
                  destination.put(file);
                } catch (IOException e) {
                  throw new CompletionException(e);
                }
              });
      while (!store.isAskedFor("PUT night/" + SHARD)) {
        assertThat(put).isNotDone();
        Thread.onSpinWait();
      }
      Files.delete(file.source());
      assertThatThrownBy(put::join).hasCauseInstanceOf(NoSuchFileException.class);
      assertThat(store.keys()).isEmpty();
    }
  }

  @Test
  void whatIsRefusedIsSaidWithKeyAndStatus() throws IOException {
    try (S3Destination destination = open()) {
      OutgoingFile file = file(SHARD, 20_000_000);
      store.fail("HEAD", 1, Fault.DENIED);
      assertThatThrownBy(() -> destination.put(file))
          .hasMessage("s3://fleet/night/" + SHARD + ": HTTP 403");
      store.fail("POST", 1, Fault.DENIED);
      assertThatThrownBy(() -> destination.put(file))
          .hasMessage(
              "s3://fleet/night/" + SHARD + ": HTTP 403 AccessDenied: words on AccessDenied");
      store.fail("PUT", 3, Fault.UNAVAILABLE);
      assertThatThrownBy(() -> destination.put(file))
          .hasMessage("s3://fleet/night/" + SHARD + ": HTTP 503 SlowDown: words on SlowDown");
      assertThat(destination.put(file)).isEqualTo(Destination.Outcome.COPIED);
      assertThere(file);
    }
  }

  @Test
  void aStoreThatRefusesSha256IsSaidToWantTheSetting() throws IOException {
    try (S3Destination destination = open(Checksums.REFUSED, ObjectChecksum.SHA256)) {
      OutgoingFile file = file(SHARD, 1000);
      assertThatThrownBy(() -> destination.put(file))
          .hasMessage(
              "s3://fleet/night/"
                  + SHARD
                  + ": HTTP 501; expected publish.s3.checksum MD5, if the store knows no SHA-256");
    }
  }

  @Test
  void aStoreThatSaysNothingIsNotWaitedForWithoutEnd() throws IOException {
    OutgoingFile file = file(SHARD, 1000);
    try (S3Destination destination = open(ObjectChecksum.SHA256, 1, Duration.ofMillis(300))) {
      store.fail("PUT", 1, Fault.SILENT);
      assertThatThrownBy(() -> destination.put(file))
          .hasMessage("s3://fleet/night/" + SHARD + ": no answer from the store: Read timed out");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[default]\\naws_access_key_id = %s\\n | rw------- | found no aws_secret_access_key, expected [default] with",
        "[other]\\naws_access_key_id = %s\\n | rw------- | found no section [default], expected [default] with",
        "%s %s\\n | rw------- | found a line that is none, expected [default] with",
        "[default]\\naws_access_key_id = %s\\n | rw-r----- | permissions are rw-r-----, expected rw------- (chmod 600)",
      })
  void aFileWithoutAKeyOrForOthersIsRefusedWithoutItsSecret(
      String text, String mode, String message) throws IOException {
    PublishSettings.S3 settings =
        new PublishSettings.S3(
            "fleet",
            "",
            "x",
            "",
            true,
            "",
            ObjectChecksum.SHA256,
            new DataSize(PART),
            1,
            Duration.ofSeconds(1));
    Path key = key(text.replace("\\n", "\n"), mode);
    assertThatThrownBy(() -> S3Destination.open(settings, key))
        .isInstanceOf(ConvoyException.class)
        .hasMessageContainingAll(key.toString(), message)
        .hasMessageNotContaining(ObjectStore.SECRET);
  }

  @Test
  void moreThanTenThousandPartsAreRefusedBeforeAnythingIsSent() throws IOException {
    try (S3Destination destination = open()) {
      Path sparse = folder.resolve("sparse");
      long bytes = 10_000L * PART + 1;
      try (var channel =
          FileChannel.open(
              sparse,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              StandardOpenOption.SPARSE)) {
        channel.position(bytes - 1).write(ByteBuffer.wrap(new byte[1]));
      }
      OutgoingFile file =
          new OutgoingFile(sparse, new OutboxPath("images/a.cms"), bytes, "0".repeat(64));
      assertThatThrownBy(() -> destination.put(file))
          .hasMessage(
              "%s: found 10,001 parts of 5,242,880 bytes, expected 10,000 at most: a larger"
                  + " publish.s3.part-size",
              sparse);
      assertThat(store.requests()).containsExactly("HEAD night/images/a.cms");
    }
  }
}

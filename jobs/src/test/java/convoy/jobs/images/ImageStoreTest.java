package convoy.jobs.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Images;
import convoy.data.error.ConvoyException;
import convoy.data.image.ImageKeys;
import convoy.data.io.FileDigest;
import convoy.jobs.FleetSql;
import convoy.jobs.JobHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images at rest: what is changed is found and named, and what a kill leaves does no harm. */
class ImageStoreTest {
  private static final Instant NOW = JobHarness.NOW;

  @TempDir Path folder;
  private ImageStore images;
  private FleetStore store;
  private String sha256;

  @BeforeEach
  void start() throws IOException {
    ImageKeys.create(folder.resolve("keys"), NOW);
    images = new ImageStore(folder.resolve("images"), folder.resolve("keys"));
    store = open("store");
    sha256 = images.store(store, image("software for the brakes"), NOW).sha256();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void anImageIsKeptOnceAndOpensAsItWas() throws IOException {
    FileDigest clear = FileDigest.of(folder.resolve("image.bin"));
    FileDigest encrypted = FileDigest.of(images.file(sha256));
    assertThat(images.open(sha256)).isEqualTo(new ImageStore.Opened(clear, encrypted));
    assertThat(Images.find(store, sha256)).contains(new Images.Kept(clear, encrypted, NOW, NOW));
    assertThat(problem()).isEmpty();

    images.store(store, folder.resolve("image.bin"), NOW.plusSeconds(60));
    assertThat(FileDigest.of(images.file(sha256))).isEqualTo(encrypted);
    assertThat(Images.find(store, sha256).orElseThrow().storedAt()).isEqualTo(NOW);
    assertOnlyWholeFiles();
  }

  @Test
  void aChangedImage() throws IOException {
    flip(images.file(sha256), -10);
    assertProblem(".cms: changed: its authentication tag is not that of its content");
  }

  @Test
  void aChangedKey() throws IOException {
    flip(key(sha256), -1);
    assertThat(problem())
        .hasValueSatisfying(
            problem ->
                assertThat(problem)
                    .startsWith(sha256 + ".key.cms: changed, or not CMS AuthEnvelopedData: "));
  }

  @Test
  void aMissingImageAndAMissingKey() throws IOException {
    Files.move(images.file(sha256), folder.resolve("aside"));
    assertProblem(".cms: missing, expected it in the image store");
    Files.move(folder.resolve("aside"), images.file(sha256));
    Files.delete(key(sha256));
    assertProblem(".key.cms: missing, expected it in the image store");
  }

  @Test
  void theFileOfAnotherImage() throws IOException {
    String other = images.store(store, image("software for the radio"), NOW).sha256();
    replace(images.file(other), images.file(sha256));
    assertThat(problem().orElseThrow())
        .startsWith(sha256 + ".cms: encrypted under the key [")
        .contains("], expected its own key ");
    replace(key(other), key(sha256));
    assertProblem(".cms: holds another image, with SHA-256 " + other);
  }

  /** Opened it would be the same, but manifests name the bytes of the first one. */
  @Test
  void theSameImageEncryptedAnew() throws IOException {
    FileDigest expected = FileDigest.of(images.file(sha256));
    Files.delete(images.file(sha256));
    ImageStore other = new ImageStore(folder.resolve("other"), folder.resolve("keys"));
    try (FleetStore apart = open("apart")) {
      other.store(apart, folder.resolve("image.bin"), NOW);
    }
    replace(other.file(sha256), images.file(sha256));
    replace(folder.resolve("other").resolve(sha256 + ".key.cms"), key(sha256));
    assertProblem(
        ".cms: found %s, expected %s, as it was stored"
            .formatted(FileDigest.of(images.file(sha256)), expected));
  }

  @Test
  void anotherInstallationsKey() throws IOException {
    ImageKeys.create(folder.resolve("theirs"), NOW);
    ImageStore theirs = new ImageStore(folder.resolve("images"), folder.resolve("theirs"));
    assertThat(theirs.problem(sha256, Images.find(store, sha256)).orElseThrow())
        .startsWith(sha256 + ".key.cms: sealed for another certificate, expected number ");
    ImageStore none = new ImageStore(folder.resolve("images"), folder.resolve("none"));
    assertThatThrownBy(() -> none.store(store, folder.resolve("image.bin"), NOW))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(folder.resolve("none/images.pem") + ": no such file, expected a private key");
  }

  @Test
  void whatWasDamagedIsStoredAnewFromItsFile() throws IOException {
    flip(images.file(sha256), -10);
    images.store(store, folder.resolve("image.bin"), NOW.plusSeconds(60));
    assertThat(problem()).isEmpty();
    assertOnlyWholeFiles();
  }

  /** A kill while it is encrypted, after the key is written, and before the row is. */
  @Test
  void aKillAtAnyMomentIsMadeGoodByTheNextRun() throws IOException {
    Path unfinished = folder.resolve("images/unfinished");
    Files.writeString(folder.resolve("images/.unfinished.part"), "half");
    Files.writeString(folder.resolve("images/." + sha256 + ".key.cms.part"), "half");
    Files.move(images.file(sha256), unfinished);
    removeRow();
    images.store(store, folder.resolve("image.bin"), NOW);
    assertThat(problem()).isEmpty();
    assertOnlyWholeFiles();

    FileDigest encrypted = FileDigest.of(images.file(sha256));
    removeRow();
    images.store(store, folder.resolve("image.bin"), NOW);
    assertThat(problem()).isEmpty();
    assertThat(FileDigest.of(images.file(sha256))).isEqualTo(encrypted);
  }

  private FleetStore open(String name) throws IOException {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("fleet.duckdb");
    return FleetStore.open(file, new FleetStore.Options("200MB", 1, false));
  }

  private void removeRow() throws IOException {
    store.close();
    FleetSql.of(folder).change("delete from image where sha256 = '" + sha256 + "'");
    store = open("store");
  }

  private void assertOnlyWholeFiles() throws IOException {
    try (var files = Files.list(folder.resolve("images"))) {
      assertThat(files).containsExactlyInAnyOrder(images.file(sha256), key(sha256));
    }
  }

  private void assertProblem(String message) {
    assertThat(problem()).contains(sha256 + message);
  }

  private Optional<String> problem() {
    return images.problem(sha256, Images.find(store, sha256));
  }

  private Path image(String content) throws IOException {
    return Files.writeString(folder.resolve("image.bin"), content, ISO_8859_1);
  }

  private Path key(String image) {
    return folder.resolve("images").resolve(image + ".key.cms");
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void flip(Path file, int fromEnd) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length + fromEnd] ^= 1;
    Files.write(file, bytes);
  }
}

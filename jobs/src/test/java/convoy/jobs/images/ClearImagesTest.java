package convoy.jobs.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.trust.Hashes;
import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clear images leave the home when their updates are registered, and no other file does. */
class ClearImagesTest {
  private static final String IMAGE = "images/abs-2.1.0.bin";
  private static final String CLEAR = "the software of the brakes, in clear, 5f1c0a";

  @TempDir Path folder;
  private JobHarness jobs;
  private Path image;

  @BeforeEach
  void start() throws IOException {
    TestHome.install(folder.resolve("home"), "");
    TestHome.writeDefinitions(folder.resolve("home"));
    jobs = new JobHarness(folder.resolve("home"));
    image = Files.writeString(updates().resolve(IMAGE), CLEAR);
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void noClearByteStaysAnywhereInTheHome() throws IOException {
    register("run-1");
    assertThat(jobs.sql().rows("select image_sha256 from update_image where module = 'ABS'"))
        .containsExactly(Hashes.sha256(CLEAR.getBytes(UTF_8)));
    jobs.close();
    for (Path file : TestHome.files(folder.resolve("home"))) {
      assertThat(Files.readString(folder.resolve("home").resolve(file), ISO_8859_1))
          .as(file.toString())
          .doesNotContain(CLEAR);
    }
    assertThat(image).doesNotExist();
  }

  @Test
  void aRegisteredUpdateNeedsNoFileAndOneThatComesBackMakesGoodWhatWasLost() throws IOException {
    register("run-1");
    assertThat(register("run-2")).startsWith("2 updates known before\n2 campaigns");

    Path kept = ImageStore.of(jobs.home()).file(Hashes.sha256(CLEAR.getBytes(UTF_8)));
    Files.delete(kept);
    Files.writeString(image, CLEAR);
    assertThat(register("run-3"))
        .startsWith("2 updates known before\nclear images removed, kept encrypted: 1\n2 campaigns");
    assertThat(image).doesNotExist();
    assertThat(kept).exists();

    Files.writeString(image, "other");
    assertThat(register("run-4"))
        .startsWith(
            "update refused: abs-brake-hold.yaml: update abs-brake-hold 2.1.0 is registered with"
                + " other content, expected a new version for changed content\n");
    assertThat(image).hasContent("other");
    assertThat(jobs.sql().rows("select count(*) from image")).containsExactly("3");
    assertThat(ImageStore.of(jobs.home()).file(Hashes.sha256("other".getBytes(UTF_8))))
        .doesNotExist();
  }

  @Test
  void aFileThatARefusedDefinitionNamesTooIsLeft() throws IOException {
    String yaml = Files.readString(updates().resolve("abs-brake-hold.yaml"));
    Path other = updates().resolve("other.yaml");
    Files.writeString(other, yaml.replace("version: 2.1.0", "version: 2.1.0-a\nno-such-key: 1"));
    assertThat(register("run-1")).contains("update refused: other.yaml");
    assertThat(image).hasContent(CLEAR);
    Files.writeString(other, yaml.replace("version: 2.1.0", "version: 2.1.0-a"));
    assertThat(register("run-2")).contains("update abs-brake-hold 2.1.0-a registered");
    assertThat(image).doesNotExist();
    assertThat(jobs.sql().rows("select count(*) from image")).containsExactly("3");
  }

  @Test
  void aFolderOutsideTheHomeIsNotTouched() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(updates().resolve("images"), elsewhere);
    Files.createSymbolicLink(updates().resolve("images"), elsewhere);
    assertThat(register("run-1")).contains("update abs-brake-hold 2.1.0 registered");
    assertThat(elsewhere.resolve("abs-2.1.0.bin")).hasContent(CLEAR);
  }

  private Path updates() {
    return folder.resolve("home/updates");
  }

  private String register(String run) {
    return jobs.summary(RegisterDefinitionsJobConfiguration.JOB, run);
  }
}

package convoy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir Path folder;

  @Test
  void theEnvironmentNamesTheRootOrItIsConvoyHomeHere() {
    assertThat(Home.of(Map.of("CONVOY_HOME", folder.toString())).root()).isEqualTo(folder);
    Path here = Path.of("convoy-home").toAbsolutePath();
    assertThat(Home.of(Map.of()).root()).isEqualTo(here);
    assertThat(Home.of(Map.of("CONVOY_HOME", " ")).root()).isEqualTo(here);
  }

  @Test
  void createMakesEveryFolderAndMayBeRepeated() throws Exception {
    Home home = new Home(folder.resolve("a/b"));
    home.create();
    Files.writeString(home.archive().resolve("kept.csv"), "kept");
    home.create();
    try (Stream<Path> all = Files.walk(home.root())) {
      assertThat(all.map(p -> home.root().relativize(p).toString()).filter(p -> !p.isEmpty()))
          .containsExactlyInAnyOrder(
              "inbox",
              "inbox/manufacturing",
              "inbox/status",
              "archive",
              "archive/kept.csv",
              "quarantine",
              "updates",
              "campaigns",
              "profiles",
              "outbox",
              "reports",
              "keys",
              "store",
              "logs");
    }
    assertThat(home.settingsFile()).isEqualTo(home.root().resolve("convoy.yaml"));
  }

  @Test
  void onlyTheOwnerMayOpenTheKeys() throws Exception {
    Assumptions.assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Home home = new Home(folder);
    home.create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.keys())))
        .isEqualTo("rwx------");
  }
}

package convoy.data.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxPathTest {
  private static final String HASH = "ab".repeat(32);

  /** Each comes after all that it names: the order that this test is about. */
  private static final List<String> IN_ORDER =
      List.of(
          "images/" + HASH + ".abs.bin.cms",
          "notes.txt",
          "director/1.root.json",
          "image/1.root.json",
          "director/2.root.json",
          "director/10.root.json",
          "image/1.brakes.json",
          "image/1.targets.json",
          "image/2.targets.json",
          "image/1.snapshot.json",
          "image/2.snapshot.json",
          "image/timestamp.json",
          "director/campaign=a/wave=1/shard-00000.zip",
          "director/campaign=a/wave=1/shard-00001.zip",
          "director/campaign=b/wave=1/shard-00000.zip");

  @Test
  void nothingComesBeforeWhatItNames() {
    for (int seed = 0; seed < 20; seed++) {
      List<String> mixed = new ArrayList<>(IN_ORDER);
      Collections.shuffle(mixed, new Random(seed));
      assertThat(mixed.stream().map(OutboxPath::new).sorted().map(OutboxPath::text))
          .containsExactlyElementsOf(IN_ORDER);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "director/1.root.json, ROOT, true",
    "director/01.root.json, TIMESTAMP, false",
    "image/3.targets.json, TARGETS, true",
    "image/3.powertrain.json, TARGETS, true",
    "image/targets.json, TIMESTAMP, false",
    "image/3.snapshot.json, SNAPSHOT, true",
    "image/timestamp.json, TIMESTAMP, false",
    "director/campaign=c/wave=12/shard-00012.zip, SHARD, true",
    "elsewhere/shard-00012.zip, CONTENT, false",
    "images/abs.bin.cms, CONTENT, false",
  })
  void aNameSaysWhatTheFileIsAndWhetherItStandsForItsBytes(
      String path, FileRole role, boolean isFixed) {
    OutboxPath file = new OutboxPath(path);
    assertThat(file.role()).isEqualTo(role);
    assertThat(file.isFixed()).isEqualTo(isFixed);
  }

  @Test
  void aHashInTheNameIsThatOfTheBytes() {
    assertThat(new OutboxPath("images/" + HASH + ".a.cms").namedSha256()).contains(HASH);
    assertThat(new OutboxPath("images/" + HASH + ".a.json").role()).isEqualTo(FileRole.CONTENT);
    OutboxPath longer = new OutboxPath("images/" + HASH + HASH + ".a.cms");
    assertThat(longer.namedSha256()).isEmpty();
    assertThat(longer.isFixed()).isTrue();
    assertThat(new OutboxPath("director/campaign=c-1/wave=1/shard-00000.zip").campaign())
        .contains("c-1");
    assertThat(new OutboxPath("director/1.root.json").campaign()).isEmpty();
  }

  @Test
  void filesAreFoundInOrderAndNamesWithADotAreLeftAlone(@TempDir Path outbox) throws IOException {
    for (String path : IN_ORDER) {
      write(outbox, path);
    }
    write(outbox, "images/.half.cms.part");
    write(outbox, ".hidden/1.root.json");
    assertThat(OutboxFolder.files(outbox).stream().map(f -> f.path().text()))
        .containsExactlyElementsOf(IN_ORDER);
    assertThat(OutboxFolder.files(outbox)).allSatisfy(f -> assertThat(f.bytes()).isEqualTo(1));
  }

  @Test
  void aLinkIsNoFileOfTheOutbox(@TempDir Path outbox) throws IOException {
    write(outbox, "director/1.root.json");
    Path link = Files.createSymbolicLink(outbox.resolve("images"), outbox.resolve("director"));
    assertThatThrownBy(() -> OutboxFolder.files(outbox))
        .isInstanceOf(ConvoyException.class)
        .hasMessage(
            "%s: found a link or a device, expected files and folders alone in the outbox",
            outbox.toRealPath().resolve(link.getFileName()));
  }

  private static void write(Path outbox, String path) throws IOException {
    Path file = outbox.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }
}

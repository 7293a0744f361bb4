package convoy.writers.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.manifest.ManifestBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardWriterTest {
  private static final ShardWriter WRITER = new ShardWriter();

  @TempDir Path outbox;

  private static List<ManifestBundle> bundles(int vehicles) {
    List<ManifestBundle> bundles = new ArrayList<>();
    for (int i = 0; i < vehicles; i++) {
      String vin = String.format(Locale.ROOT, "WVWZZZ1KZAW%06d", i);
      bundles.add(
          new ManifestBundle(
              vin,
              i + 1,
              bytes("targets " + vin),
              bytes("snapshot " + i),
              bytes("timestamp " + i)));
    }
    return bundles;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aShardHoldsEachVehiclesFilesSortedByVinAndName() throws Exception {
    ShardFile shard = WRITER.write(outbox, "bms-2026", 3, 12, bundles(2));

    assertThat(shard.path())
        .isEqualTo(outbox.resolve("director/campaign=bms-2026/wave=3/shard-00012.zip"));
    assertThat(shard.vehicles()).isEqualTo(2);
    assertThat(shard.bytes()).isEqualTo(Files.size(shard.path()));
    try (ZipFile zip = new ZipFile(shard.path().toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "WVWZZZ1KZAW000000/1.snapshot.json",
              "WVWZZZ1KZAW000000/1.targets.json",
              "WVWZZZ1KZAW000000/timestamp.json",
              "WVWZZZ1KZAW000001/2.snapshot.json",
              "WVWZZZ1KZAW000001/2.targets.json",
              "WVWZZZ1KZAW000001/timestamp.json");
      assertThat(zip.getInputStream(zip.getEntry("WVWZZZ1KZAW000001/2.targets.json")))
          .hasBinaryContent(bytes("targets WVWZZZ1KZAW000001"));
    }
    assertThat(filesBeside(shard.path())).containsExactly("shard-00012.zip");
  }

  @Test
  void theSameManifestsGiveTheSameBytesInAnyTimeZone() throws Exception {
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      ShardFile first = WRITER.write(outbox.resolve("one"), "bms-2026", 1, 0, bundles(500));
      TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
      ShardFile second = WRITER.write(outbox.resolve("two"), "bms-2026", 1, 0, bundles(500));

      assertThat(second.sha256()).isEqualTo(first.sha256());
      assertThat(second.path()).hasSameBinaryContentAs(first.path());
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void aShardThatIsThereAlreadyIsLeftAndAHalfIsOverwritten() throws Exception {
    ShardFile first = WRITER.write(outbox, "bms-2026", 1, 0, bundles(3));
    FileTime past = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(first.path(), past);
    Files.writeString(first.path().resolveSibling(".shard-00000.zip.part"), "half");

    ShardFile again = WRITER.write(outbox, "bms-2026", 1, 0, bundles(3));
    assertThat(again)
        .isEqualTo(new ShardFile(first.path(), first.bytes(), first.sha256(), 3, false));
    assertThat(Files.getLastModifiedTime(first.path())).isEqualTo(past);
    assertThat(filesBeside(first.path())).containsExactly("shard-00000.zip");

    ShardFile other = WRITER.write(outbox, "bms-2026", 1, 0, bundles(4));
    assertThat(other.changed()).isTrue();
    assertThat(other.vehicles()).isEqualTo(4);
  }

  @Test
  void aFullShardHoldsTwentyThousandVehicles() throws Exception {
    ShardFile shard = WRITER.write(outbox, "bms-2026", 1, 0, bundles(20_000));
    try (ZipFile zip = new ZipFile(shard.path().toFile())) {
      assertThat(zip.size()).isEqualTo(60_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".hidden", "a/b", "a b", "a\\b", "ä"})
  void aCampaignThatCannotNameAFolderIsRefused(String campaign) {
    assertThatThrownBy(() -> WRITER.write(outbox, campaign, 1, 0, bundles(1)))
        .hasMessage(
            "campaign '" + campaign + "': expected letters, digits, '.', '_' and '-', 100 at most");
    assertThat(outbox).isEmptyDirectory();
  }

  @Test
  void aVehicleHasOneManifestInAShardWhichIsInTheOrderOfVins() {
    List<ManifestBundle> twice = List.of(bundles(1).get(0), bundles(1).get(0));
    List<ManifestBundle> backwards = new ArrayList<>(bundles(2));
    Collections.reverse(backwards);
    Path path = outbox.resolve("director/campaign=bms-2026/wave=1/shard-00000.zip");
    assertThatThrownBy(() -> WRITER.write(outbox, "bms-2026", 1, 0, twice))
        .hasMessage(path + ": two manifests for WVWZZZ1KZAW000000, expected one");
    assertThatThrownBy(() -> WRITER.write(outbox, "bms-2026", 1, 0, backwards))
        .hasMessage(
            path + ": WVWZZZ1KZAW000000 after WVWZZZ1KZAW000001, expected the order of VINs");
    assertThatThrownBy(() -> WRITER.write(outbox, "bms-2026", 1, 0, List.of()))
        .hasMessage(path + ": no manifests, expected one or more");
    assertThat(path.getParent()).isEmptyDirectory();
  }

  private static List<String> filesBeside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}

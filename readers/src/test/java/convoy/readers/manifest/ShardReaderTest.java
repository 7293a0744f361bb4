package convoy.readers.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.ManifestBundle;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardReaderTest {
  private static final String VIN_1 = "WVWZZZ1KZAW000001";
  private static final String VIN_2 = "WVWZZZ1KZAW000002";

  @TempDir Path folder;

  @Test
  void givesTheVehiclesByVinAndOneWhenAskedFor() throws Exception {
    ManifestBundle first = bundle(VIN_1, 12);
    ManifestBundle second = bundle(VIN_2, 7);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    add(entries, second);
    add(entries, first);

    try (ShardReader shard = ShardReader.open(zip(entries))) {
      assertThat(shard.vins()).containsExactly(VIN_1, VIN_2);
      assertThat(shard).containsExactly(first, second);
      assertThat(shard.find(VIN_2)).contains(second);
      assertThat(shard.find("WVWZZZ1KZAW000003")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ../1.targets.json | found entry '../1.targets.json', expected names such as \
          <VIN>/7.targets.json
          readme.txt | found entry 'readme.txt', expected names such as <VIN>/7.targets.json
          WVWZZZ1KZAW000002/0.targets.json | found entry 'WVWZZZ1KZAW000002/0.targets.json', \
          expected names such as <VIN>/7.targets.json
          WVWZZZ1KZAW000001/8.targets.json | found 4 files for WVWZZZ1KZAW000001, expected \
          targets and snapshot of one version, and timestamp
          WVWZZZ1KZAW000002/timestamp.json | found 1 files for WVWZZZ1KZAW000002, expected \
          targets and snapshot of one version, and timestamp
          """)
  void aShardWithAnythingElseIsRefused(String extra, String message) throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    add(entries, bundle(VIN_1, 7));
    entries.put(extra, new byte[1]);
    Path path = zip(entries);
    refused(path, path + ": " + message);
  }

  @Test
  void aFileThatIsNoShardIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("a.zip"), "hello");
    refused(text, text + ": not a zip file, expected a shard");
    Path missing = folder.resolve("b.zip");
    refused(missing, missing + ": no such file, expected a shard");
  }

  @Test
  void anEntryThatUnpacksToMoreThanAnyManifestIsRefused() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    add(
        entries,
        new ManifestBundle(
            VIN_1, 7, new byte[ShardReader.MAX_FILE_BYTES + 1], new byte[1], new byte[1]));
    Path path = zip(entries);
    try (ShardReader shard = ShardReader.open(path)) {
      assertThatThrownBy(() -> shard.find(VIN_1))
          .hasMessage(
              path
                  + ": found a longer entry 'WVWZZZ1KZAW000001/7.targets.json', expected 1048576"
                  + " bytes at most");
    }
  }

  private static void refused(Path path, String message) {
    assertThatThrownBy(() -> ShardReader.open(path))
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_REFUSED))
        .hasMessage(message);
  }

  private static ManifestBundle bundle(String vin, long version) {
    return new ManifestBundle(
        vin,
        version,
        ("targets " + vin).getBytes(UTF_8),
        ("snapshot " + vin).getBytes(UTF_8),
        ("timestamp " + vin).getBytes(UTF_8));
  }

  private static void add(Map<String, byte[]> entries, ManifestBundle bundle) {
    bundle.files().forEach((name, bytes) -> entries.put(bundle.vin() + "/" + name, bytes));
  }

  private Path zip(Map<String, byte[]> entries) throws Exception {
    Path path = folder.resolve("shard-00000.zip");
    try (OutputStream out = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return path;
  }
}

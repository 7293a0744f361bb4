package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.manifest.ManifestBundle;
import convoy.writers.manifest.ShardWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Shards laid out for a web server, in any order. */
class UnpackTest {
  private static final String OLD = "WVWZZZ1KZAW000001";
  private static final String NEW = "WVWZZZ1KZAW000002";

  @TempDir Path folder;

  private Path shard(int number, ManifestBundle... bundles) throws IOException {
    return new ShardWriter().write(folder, "c", 1, number, List.of(bundles)).path();
  }

  private static ManifestBundle manifest(String vin, long version) {
    byte[] bytes = (vin + version).getBytes(StandardCharsets.UTF_8);
    return new ManifestBundle(vin, version, bytes, bytes, bytes);
  }

  private String unpack(Path shard) {
    StringWriter out = new StringWriter();
    CommandLine line = ConvoyCommand.commandLine();
    line.setOut(new PrintWriter(out));
    assertThat(
            line.execute("manifest", "unpack", shard.toString(), folder.resolve("web").toString()))
        .isZero();
    return out.toString();
  }

  @Test
  void aVehicleStartsWithItsNewestManifestWhateverTheOrder() throws IOException {
    Path second = shard(1, manifest(OLD, 10));
    Path first = shard(0, manifest(OLD, 9), manifest(NEW, 1));
    Path web = folder.resolve("web");

    assertThat(unpack(second)).isEqualTo("1 vehicles unpacked to " + web + "\n");
    assertThat(unpack(first))
        .isEqualTo(
            "2 vehicles unpacked to "
                + web
                + "\n1 of them have a newer manifest there, with which their vehicles start as"
                + " before\n");
    assertThat(web.resolve(OLD).resolve("timestamp.json")).hasContent(OLD + 10);
    assertThat(web.resolve(NEW).resolve("timestamp.json")).hasContent(NEW + 1);
    try (Stream<Path> files = Files.list(web.resolve(OLD))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "10.snapshot.json",
              "10.targets.json",
              "9.snapshot.json",
              "9.targets.json",
              "timestamp.json");
    }
    assertThat(unpack(second)).isEqualTo("1 vehicles unpacked to " + web + "\n");
  }
}

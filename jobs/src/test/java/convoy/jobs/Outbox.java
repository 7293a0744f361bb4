package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.manifest.ImageRepository;
import convoy.data.manifest.ImageTargets;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestVerifier;
import convoy.data.manifest.RootChain;
import convoy.data.manifest.VerifiedManifest;
import convoy.readers.manifest.ShardReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outbox as vehicles read it. */
public final class Outbox {
  private Outbox() {}

  /** The shards below the outbox, by their paths. */
  public static List<Path> shards(Path outbox) {
    return TestHome.files(outbox).stream()
        .filter(file -> file.toString().endsWith(".zip"))
        .map(outbox::resolve)
        .toList();
  }

  /** The files of every vehicle of every shard, as they are, by VIN; each has one manifest. */
  public static Map<String, ManifestBundle> bundles(Path outbox) {
    Map<String, ManifestBundle> bundles = new TreeMap<>();
    for (Path shard : shards(outbox)) {
      try (ShardReader reader = ShardReader.open(shard)) {
        for (ManifestBundle bundle : reader) {
          assertThat(bundles.put(bundle.vin(), bundle)).isNull();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bundles;
  }

  /** Every manifest of every shard, verified against both repositories at that time. */
  public static List<VerifiedManifest> manifests(Path outbox, Instant now) {
    try {
      List<VerifiedManifest> manifests = new ArrayList<>();
      for (Path shard : shards(outbox)) {
        ManifestVerifier verifier =
            new ManifestVerifier(RootChain.latest(outbox.resolve("director")));
        ImageTargets images = ImageRepository.open(outbox.resolve("image"), now).targets();
        try (ShardReader reader = ShardReader.open(shard)) {
          for (ManifestBundle bundle : reader) {
            VerifiedManifest manifest =
                verifier.verify(bundle.vin(), bundle, now, null).requireMatch(images);
            assertThat(shard.getParent())
                .endsWithRaw(Path.of("campaign=" + manifest.campaign(), "wave=" + manifest.wave()));
            manifests.add(manifest);
          }
        }
      }
      return manifests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

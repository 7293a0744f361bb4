package convoy.jobs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.OwnerTerms;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.ManifestImage;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A strict vehicle goes back by a raised release counter, never by a lowered one. */
class TakenReleasesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");
  private static final String VIN = "WVWKP2BR3RW000001";

  private final TakenReleases taken = new TakenReleases();

  private static VerifiedManifest manifest(long version, String software, int counter) {
    return new VerifiedManifest(
        VIN,
        version,
        "media",
        1,
        (int) version,
        "c",
        NOW,
        NOW.plusSeconds(60),
        OwnerTerms.DEFAULT,
        List.of(
            new ManifestTarget(
                "G1",
                "H1",
                null,
                new ManifestImage(
                    "GATEWAY",
                    "GATEWAY." + counter + ".bin",
                    1,
                    "a".repeat(64),
                    "a".repeat(128),
                    software,
                    counter,
                    new EncryptedImage(
                        1, "b".repeat(64), "b".repeat(128), "https://images.example/b"),
                    0,
                    0))));
  }

  private boolean refuses(long version) {
    return taken.isRefused(VIN, version);
  }

  @Test
  void anEarlierVersionUnderARaisedCounterIsTaken() {
    taken.add(manifest(2, "3.2.1", 3));
    taken.add(manifest(1, "3.3.0", 2));
    assertThat(taken.refused()).isEmpty();
    assertThat(refuses(2)).isFalse();
  }

  @Test
  void aLoweredCounterIsRefusedWhateverTheVersionAndTheOrderOfReading() {
    taken.add(manifest(3, "3.4.0", 1));
    taken.add(manifest(1, "3.3.0", 2));
    assertThat(taken.refused())
        .containsExactly(
            VIN
                + ": version 3: ECU 'G1': release counter 1, expected 2 or more, which it has taken"
                + " before");
    assertThat(refuses(3)).isTrue();
    assertThat(refuses(1)).isFalse();
  }
}

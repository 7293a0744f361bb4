package convoy.jobs.independent;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Convoy issues, read by a vehicle that shares no code with it: tuf-js verifies the metadata,
 * OpenSSL opens the images, and JavaScript written from docs/formats/update-manifest.md does the
 * rest. All vehicles are played in one run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Node.Needed.class)
class IndependentVehicleTest {
  private static final Path EXAMPLE = Path.of("../docs/formats/update-manifest").toAbsolutePath();
  private static final Path ATTACKS =
      Path.of("../data/src/test/resources/convoy/data/manifest/attacks").toAbsolutePath();

  private final IssuedHome home;
  private final IssuedVisits issued;
  private final Map<String, List<String>> outcomes;

  @SuppressWarnings("unchecked")
  IndependentVehicleTest(@TempDir Path folder) throws Exception {
    home = new IssuedHome(folder.resolve("issued"));
    issued = new IssuedVisits(home, folder.resolve("attacks"));
    List<Visits> visits = new ArrayList<>(issued.all());
    for (String attack : attacks()) {
      visits.add(example(attack));
    }
    Path plan = folder.resolve("plan.json");
    JsonMapper json = JsonMapper.shared();
    Files.write(plan, json.writeValueAsBytes(visits.stream().map(Visits::plan).toList()));
    outcomes = json.readValue(Node.play(plan), Map.class);
  }

  static List<String> attacks() throws IOException {
    try (var folders = Files.list(ATTACKS)) {
      return folders
          .filter(Files::isDirectory)
          .map(attack -> attack.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** The worked example with an attack of those that Convoy's own verifier is tested with. */
  private static Visits example(String attack) throws IOException {
    Path layer = ATTACKS.resolve(attack);
    Visits visits =
        new Visits(
            attack,
            "WVWZZZ1KZAW000001",
            first(layer, "director/1.root.json"),
            first(layer, "image/1.root.json"));
    if (Files.exists(layer.resolve("taken/timestamp.json"))) {
      visits.taken(layer.resolve("taken/timestamp.json"));
    }
    ObjectNode vehicle =
        (ObjectNode)
            JsonMapper.shared().readTree(Files.readAllBytes(layer.resolve("vehicle.json")));
    return visits.at(
        Instant.parse(vehicle.get("now").asString()),
        List.of(layer, EXAMPLE),
        vehicle.get("ecus"),
        null);
  }

  private static Path first(Path layer, String file) {
    return Files.exists(layer.resolve(file)) ? layer.resolve(file) : EXAMPLE.resolve(file);
  }

  private List<String> outcomes(String name) {
    List<String> found = outcomes.get(name);
    assertThat(found).as(name).isNotNull();
    return found;
  }

  @Test
  void everyIssuedManifestIsTakenAndItsImagesOpen() {
    assertThat(home.manifests).hasSize(14);
    for (VerifiedManifest manifest : home.manifests) {
      long images = manifest.targets().stream().map(ManifestTarget::image).distinct().count();
      assertThat(images).isPositive();
      assertThat(outcomes(manifest.vin()))
          .containsExactly("took version 1 under root 1, images opened: " + images);
    }
  }

  @Test
  void aRotatedRootIsFollowedAndAWithdrawalTaken() {
    assertThat(outcomes("two versions, and the next root"))
        .containsExactly(
            "took version 1 under root 1, images opened: 1",
            "took version 2 under root 3, images opened: 0",
            "took version 2 under root 3, images opened: 0");
  }

  @Test
  void aManifestThatCarriesAnotherCampaignsImageIsTakenWithAllItsImages() {
    assertThat(issued.media.targets()).hasSize(2);
    assertThat(outcomes("a manifest that carries"))
        .containsExactly("took version 2 under root 3, images opened: 2");
  }

  /** The last visit of each; hashes and signatures stand as HASH, lengths as N. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tampered director/timestamp.json | tuf-js: director: UnsignedMetadataError: timestamp was signed by 0/1 keys
          tampered image/timestamp.json | tuf-js: image: UnsignedMetadataError: timestamp was signed by 0/1 keys
          tampered director/1.snapshot.json | tuf-js: director: RuntimeError: Unable to load snapshot metadata error Error: Expected hash HASH but got HASH
          tampered director/1.targets.json | tuf-js: director: RuntimeError: Unable to load targets error Error: Expected hash HASH but got HASH
          tampered image/1.snapshot.json | tuf-js: image: RuntimeError: Unable to load snapshot metadata error Error: Expected hash HASH but got HASH
          tampered image/1.targets.json | tuf-js: image: RuntimeError: Unable to load targets error Error: Expected hash HASH but got HASH
          tampered director/2.root.json | tuf-js: director: UnsignedMetadataError: root was signed by 0/1 keys
          tampered director/3.root.json | tuf-js: director: UnsignedMetadataError: root was signed by 0/1 keys
          tampered image/timestamp.json on P-256 | tuf-js: image: UnsignedMetadataError: timestamp was signed by 0/1 keys
          tampered on P-256 | tuf-js: director: RuntimeError: Unable to load targets error Error: targets was signed by 0/1 keys
          signature of 64 bytes on P-256 | tuf-js: director: RuntimeError: Unable to load targets error Error: targets was signed by 0/1 keys
          signature with a byte behind it on P-256 | tuf-js: director: RuntimeError: Unable to load targets error Error: targets was signed by 0/1 keys
          signature in upper case on P-256 | page: director/targets: found "HASH", expected 16 to 144 hex digits of an ECDSA signature in DER
          expired manifest | tuf-js: director: ExpiredMetadataError: Final timestamp.json is expired
          expired list of images | tuf-js: image: ExpiredMetadataError: Final timestamp.json is expired
          expired root | tuf-js: director: ExpiredMetadataError: Final root.json is expired
          replayed timestamp | tuf-js: director: BadVersionError: New timestamp version 1 is less than current version 2
          replayed list of images | tuf-js: image: BadVersionError: New timestamp version 1 is less than current version 2
          replayed snapshot behind a new timestamp | tuf-js: director: BadVersionError: New snapshot version 1 is less than current version 2
          replayed targets behind a new snapshot | tuf-js: director: RuntimeError: Unable to load snapshot metadata error Error: New version 1 of targets.json is less than current version 2
          replayed targets under the new name | tuf-js: director: RuntimeError: Unable to load targets error Error: Max length reached
          replayed root | tuf-js: director: BadVersionError: Expected version 2, got 1
          swapped targets | tuf-js: director: RuntimeError: Unable to load targets error Error: Expected hash HASH but got HASH
          timestamp signed by a stranger | tuf-js: director: UnsignedMetadataError: timestamp was signed by 0/1 keys
          snapshot signed by the timestamp's key | tuf-js: director: RuntimeError: Unable to load snapshot metadata error Error: snapshot was signed by 0/1 keys
          targets signed by the snapshot's key | tuf-js: director: RuntimeError: Unable to load targets error Error: targets was signed by 0/1 keys
          list of images signed by the Director | tuf-js: image: UnsignedMetadataError: timestamp was signed by 0/1 keys
          root signed by a stranger | tuf-js: director: UnsignedMetadataError: root was signed by 0/1 keys
          damaged image | page: encrypted image, sha256: found HASH, expected HASH
          another image | page: encrypted image: found N bytes, expected N
          another key of the image | openssl: Error decrypting CMS using secret key
          image that opens to another one | tuf-js: LengthOrHashMismatchError: Expected hash HASH but got HASH
          """)
  void whatIsNotAsItWasIssuedIsRefused(String name, String outcome) {
    List<String> all = outcomes(name);
    assertThat(
            all.get(all.size() - 1)
                .replaceAll("[0-9a-fA-F]{64,144}", "HASH")
                .replaceAll("[0-9]+ bytes, expected [0-9]+", "N bytes, expected N"))
        .isEqualTo(outcome);
    assertThat(all.subList(0, all.size() - 1)).allMatch(before -> before.startsWith("took "));
  }

  /** TUF does not know whose a manifest is: the page's own rule does. */
  @Test
  void anotherVehiclesManifestIsRefusedByThePageAndLeavesNoTrace() {
    String refused =
        "page: director/timestamp: found \"%s\", expected this vehicle, " + issued.media.vin();
    assertThat(outcomes("swapped manifest"))
        .containsExactly(
            refused.formatted(issued.other.vin()), "took version 1 under root 1, images opened: 2");
    assertThat(outcomes("swapped manifest of a higher version"))
        .containsExactly(
            refused.formatted(issued.brakes.vin()),
            "took version 1 under root 3, images opened: 2");
  }

  /** The commands of the README, on a manifest that was issued under either kind of key. */
  @Test
  void openSslAndJqVerifyAnIssuedManifestAsTheReadmeShows(@TempDir Path folder) throws Exception {
    Node.assumeInstalled("bash", "openssl", "jq", "xxd");
    String readme = Files.readString(Path.of("../README.md"));
    int start = readme.indexOf("# The public key of the role");
    String commands = readme.substring(start, readme.indexOf("```", start));
    Matcher p256 =
        Pattern.compile("Of a P-256 key .*, the head is `([0-9a-f]+)`")
            .matcher(Files.readString(Path.of("../docs/formats/update-manifest.md")));
    assertThat(p256.find()).isTrue();
    String own = "director/" + issued.brakes.vin() + "/";
    verifyByHand(folder, commands, home.first, "director/1.root.json", own + "1.targets.json");
    verifyByHand(
        folder,
        commands.replace("302a300506032b6570032100", p256.group(1)),
        home.second,
        "director/3.root.json",
        own + "2.targets.json");
  }

  private static void verifyByHand(
      Path folder, String commands, Path site, String root, String file) throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("verify.sh"),
            "set -eo pipefail\nroot=%s\nfile=%s\n%s"
                .formatted(site.resolve(root), site.resolve(file), commands));
    assertThat(Node.said(folder, "bash", script.toString()))
        .isEqualTo("Signature Verified Successfully\n");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void theAttacksOnTheWorkedExampleAreRefused(String name) throws IOException {
    assertThat(outcomes(name))
        .containsExactly(
            Files.readString(ATTACKS.resolve(name).resolve("independent.txt")).strip());
  }
}

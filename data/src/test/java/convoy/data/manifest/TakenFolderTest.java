package convoy.data.manifest;

import static convoy.data.manifest.ForgedExample.files;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.key;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.trust.IndependentVerifier.object;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.SignedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worked example, given to a vehicle that has taken what lies in a folder of {@code taken}: it
 * goes back behind that, and is refused for its own reason.
 */
class TakenFolderTest {
  private static final Path FOLDERS = Path.of("src/test/resources/convoy/data/manifest/taken");
  private static final String EXPECTED = "expected.txt";
  private static final String MANIFESTS = "director/" + VIN + "/";

  private static SortedMap<String, Map<String, byte[]>> folders() {
    ManifestSigner signer = new ManifestSigner(ManifestFixtures.KEYS);
    SortedMap<String, Map<String, byte[]>> all = new TreeMap<>();
    all.put(
        "lower-version", Map.of(MANIFESTS + "8.targets.json", signer.sign(request(8)).targets()));
    ForgedExample other = new ForgedExample();
    object(other.targets.content, "custom").put("attempt", 2);
    all.put(
        "same-version-with-another-content",
        Map.of(
            MANIFESTS + "7.targets.json",
            requireNonNull(other.changes().get(MANIFESTS + "7.targets.json"))));
    // An earlier manifest had the higher counter: its version alone does not tell.
    ForgedExample higher = new ForgedExample();
    higher.targets.content.put("version", 6);
    object(higher.entry(), "custom").put("releaseCounter", 8);
    all.put(
        "release-counter-lowered",
        Map.of(
            MANIFESTS + "6.targets.json",
            requireNonNull(higher.changes().get(MANIFESTS + "7.targets.json"))));
    all.put("root-set-back", Map.of("director/2.root.json", root(Repository.DIRECTOR, 11, 1)));
    all.put("image-root-set-back", Map.of("image/2.root.json", root(Repository.IMAGE, 41, 31)));
    ForgedExample list = new ForgedExample();
    list.imageTargets.content.put("version", 4);
    all.put(
        "list-of-images-set-back",
        Map.of("image/4.targets.json", requireNonNull(list.changes().get("image/3.targets.json"))));
    return all;
  }

  private static byte[] root(Repository repository, int seed, int former) {
    Map<String, Object> root = Forgery.signed(ManifestFixtures.root(repository, seed));
    root.put("version", 2);
    return SignedDocument.sign(root, List.of(key(former), key(seed)));
  }

  static Stream<String> names() {
    return folders().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatGoesBackBehindItIsRefused(String name) throws IOException {
    assertThatThrownBy(() -> verify(FOLDERS.resolve(name)))
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED))
        .hasMessage(Files.readString(FOLDERS.resolve(name).resolve(EXPECTED)).strip());
  }

  @Test
  void theSameOnceMoreAndWhatFollowsAreTaken(@TempDir Path folder) throws IOException {
    Path vehicle = Files.createDirectories(folder.resolve(MANIFESTS));
    Files.copy(
        ForgedExample.EXAMPLE.resolve(MANIFESTS + "7.targets.json"),
        vehicle.resolve("7.targets.json"));
    assertThat(verify(folder).version()).isEqualTo(7);
    assertThat(new TakenBefore(6L).version(VIN)).isEqualTo(6);
    assertThat(new TakenBefore(null).version(VIN)).isNull();
  }

  /** What {@code ./convoy manifest verify --taken} does. */
  private static VerifiedManifest verify(Path folder) throws IOException {
    TakenBefore taken = new TakenBefore(null);
    for (Map.Entry<String, byte[]> file : files(folder).entrySet()) {
      if (file.getKey().startsWith(MANIFESTS)) {
        taken.add(VIN, file.getValue(), file.getKey());
      }
    }
    taken.addRepository(Repository.DIRECTOR, folder.resolve("director"));
    taken.addRepository(Repository.IMAGE, folder.resolve("image"));
    RootMetadata director = RootChain.latest(ForgedExample.EXAMPLE.resolve("director"));
    ImageRepository repository =
        ImageRepository.open(ForgedExample.EXAMPLE.resolve("image"), ManifestFixtures.NOW);
    taken.requireNotBehind(director, repository);
    VerifiedManifest manifest =
        new ManifestVerifier(director)
            .verify(
                VIN,
                files(ForgedExample.EXAMPLE.resolve("director/" + VIN)),
                ManifestFixtures.NOW,
                taken.version(VIN));
    taken.requireFollows(manifest.requireMatch(repository.targets()).taken());
    return manifest;
  }

  /** {@code -Dattacks.write} writes the folders anew; the texts in them are left alone. */
  @Test
  void theFoldersAreWhatTheGeneratorWrites() throws IOException {
    for (var folder : folders().entrySet()) {
      Path there = FOLDERS.resolve(folder.getKey());
      if (System.getProperty("attacks.write") != null) {
        for (Map.Entry<String, byte[]> file : folder.getValue().entrySet()) {
          Path path = there.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
        }
      }
      SortedMap<String, byte[]> found = files(there);
      assertThat(found.remove(EXPECTED)).as("%s/%s", there, EXPECTED).isNotNull();
      assertThat(found.keySet()).as("files of %s", there).isEqualTo(folder.getValue().keySet());
      folder
          .getValue()
          .forEach((file, bytes) -> assertThat(there.resolve(file)).hasBinaryContent(bytes));
    }
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      assertThat(folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted())
          .isEqualTo(names().toList());
    }
  }
}

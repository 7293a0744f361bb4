package convoy.data.manifest;

import static convoy.data.manifest.ForgedExample.DIRECTOR;
import static convoy.data.manifest.ForgedExample.files;
import static convoy.data.manifest.Forgery.VERIFIER;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.trust.IndependentVerifier.object;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.IndependentVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The folders of {@code attacks} are what their generator writes, and the page names them. That
 * each is refused for its own reason, the command's AttackedManifestTest says, and of check 8 this.
 */
class AttackFolderTest {
  private static final Path FOLDERS = Path.of("src/test/resources/convoy/data/manifest/attacks");
  private static final Path PAGE = Path.of("../docs/formats/update-manifest.md");

  /** Not generated: what {@code ./convoy manifest verify}, or the vehicle, says. */
  private static final String EXPECTED = "expected.txt";

  /** Not generated: what the independent client of the module jobs says. */
  private static final String INDEPENDENT = "independent.txt";

  private static SortedMap<String, Consumer<ForgedExample>> attacks() {
    SortedMap<String, Consumer<ForgedExample>> attacks = new TreeMap<>(ManifestAttacks.all());
    attacks.putAll(ImageRepositoryAttacks.all());
    return attacks;
  }

  static Stream<String> names() {
    return attacks().keySet().stream();
  }

  static Stream<String> ofTheVehicleItself() {
    return names().filter(name -> name.startsWith("8-"));
  }

  /** Check 8, which the command cannot make: all before it holds. */
  @ParameterizedTest
  @MethodSource("ofTheVehicleItself")
  void whatOnlyTheVehicleKnowsIsRefusedWithItsOwnMessage(String name) throws IOException {
    SortedMap<String, byte[]> files = ForgedExample.original();
    files.putAll(files(FOLDERS.resolve(name)));
    Map<String, byte[]> own = new HashMap<>();
    files.tailMap(DIRECTOR).forEach((file, bytes) -> own.put(file.replace(DIRECTOR, ""), bytes));
    VerifiedManifest manifest = VERIFIER.verify(VIN, own, NOW, null);
    assertThatThrownBy(
            () ->
                manifest.requireFits(
                    manifest.all(),
                    ecus(
                        IndependentVerifier.parse(
                            ForgedExample.requireFile(files, "vehicle.json")))))
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED))
        .hasMessage(Files.readString(FOLDERS.resolve(name).resolve(EXPECTED)).strip());
  }

  private static Map<String, KnownEcu> ecus(Map<String, Object> vehicle) {
    Map<String, KnownEcu> known = new HashMap<>();
    Map<String, Object> ecus = object(vehicle, "ecus");
    for (String serial : ecus.keySet()) {
      Map<String, Object> ecu = object(ecus, serial);
      known.put(
          serial,
          new KnownEcu(
              String.valueOf(ecu.get("hardwareId")),
              (Integer) requireNonNull(ecu.get("releaseCounter"))));
    }
    return known;
  }

  /** {@code -Dattacks.write} writes the folders anew; the texts in them are left alone. */
  @Test
  void theFoldersAreWhatTheGeneratorWrites() throws IOException {
    if (System.getProperty("attacks.write") != null) {
      for (var attack : attacks().entrySet()) {
        ForgedExample example = new ForgedExample();
        attack.getValue().accept(example);
        write(FOLDERS.resolve(attack.getKey()), example.changes());
      }
    }
    for (var attack : attacks().entrySet()) {
      ForgedExample example = new ForgedExample();
      attack.getValue().accept(example);
      Path folder = FOLDERS.resolve(attack.getKey());
      SortedMap<String, byte[]> changes = example.changes();
      SortedMap<String, byte[]> there = files(folder);
      assertThat(there.remove(EXPECTED)).as("%s/%s", folder, EXPECTED).isNotNull();
      assertThat(there.remove(INDEPENDENT)).as("%s/%s", folder, INDEPENDENT).isNotNull();
      assertThat(there.keySet()).as("files of %s", folder).isEqualTo(changes.keySet());
      changes.forEach((file, bytes) -> assertThat(folder.resolve(file)).hasBinaryContent(bytes));
    }
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      assertThat(folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted())
          .isEqualTo(names().toList());
    }
  }

  private static void write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (String old : files(folder).keySet()) {
      if (!old.endsWith(".txt")) {
        Files.delete(folder.resolve(old));
      }
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** The page lists the checks, and for each the folders of the attacks that it stops. */
  @Test
  void everyCheckOfThePageHasItsFoldersAndEveryFolderItsCheck() throws IOException {
    String page = Files.readString(PAGE);
    SortedSet<String> named =
        Pattern.compile("`([1-8]-[a-z0-9-]+)`")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .collect(toCollection(TreeSet::new));
    assertThat(named).isEqualTo(attacks().keySet());
    SortedSet<String> checks =
        page.substring(page.indexOf("## What a vehicle checks"))
            .lines()
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.matches("[0-9]+\\. .*"))
            .map(line -> line.substring(0, line.indexOf('.')))
            .collect(toCollection(TreeSet::new));
    SortedSet<String> attacked =
        names().map(name -> name.substring(0, 1)).collect(toCollection(TreeSet::new));
    assertThat(attacked).isEqualTo(checks);
  }
}

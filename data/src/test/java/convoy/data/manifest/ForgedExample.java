package convoy.data.manifest;

import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.key;
import static convoy.data.trust.IndependentVerifier.object;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import convoy.data.trust.CanonicalJson;
import convoy.data.trust.Hashes;
import convoy.data.trust.IndependentVerifier;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The worked example beside docs/formats/update-manifest.md, changed by someone who has all of its
 * keys: what an attack changes is signed anew, and the files that list it follow, unless the attack
 * says otherwise.
 */
final class ForgedExample {
  static final Path EXAMPLE = Path.of("../docs/formats/update-manifest");
  static final String DIRECTOR = "director/" + VIN + "/";
  static final String IMAGE = "image/";

  private static final SortedMap<String, byte[]> ORIGINAL = files(EXAMPLE);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** A document of the example: what is signed, and who signs. */
  static final class Document {
    final String file;
    final Map<String, Object> content;
    List<SigningKey> signers;

    /** The key ids that the signatures name, where these are not the signers' own. */
    final Map<String, String> namedAs = new HashMap<>();

    /** In place of what the signers sign, where they do not. */
    @Nullable String sig;

    private Document(String file, int seed) {
      this.file = file;
      content = object(IndependentVerifier.parse(requireFile(ORIGINAL, file)), "signed");
      signers = List.of(key(seed));
    }

    private byte[] sign() {
      String text = new String(SignedDocument.sign(content, signers), UTF_8);
      for (Map.Entry<String, String> other : namedAs.entrySet()) {
        text = text.replace(other.getKey(), other.getValue());
      }
      if (sig != null) {
        text = text.replaceAll("\"sig\":\"[0-9a-f]+\"", "\"sig\":\"" + sig + "\"");
      }
      return text.getBytes(UTF_8);
    }
  }

  final Document root = new Document("director/1.root.json", 1);
  final Document targets = new Document(DIRECTOR + "7.targets.json", 2);
  final Document snapshot = new Document(DIRECTOR + "7.snapshot.json", 3);
  final Document timestamp = new Document(DIRECTOR + "timestamp.json", 4);
  final Document imageRoot = new Document(IMAGE + "1.root.json", 31);
  final Document imageTargets = new Document(IMAGE + "3.targets.json", 32);
  final Document imageSnapshot = new Document(IMAGE + "5.snapshot.json", 33);
  final Document imageTimestamp = new Document(IMAGE + "timestamp.json", 34);

  /** What the vehicle knows: the time, and its ECUs with their hardware and release counter. */
  final Map<String, Object> vehicle =
      new TreeMap<>(
          Map.of(
              "now",
              ManifestFixtures.NOW.toString(),
              "ecus",
              new TreeMap<>(Map.of("BMS-0001", ecu("BMS-HW3", 6), "TCU-0002", ecu("TCU-HW3", 0)))));

  private final List<Consumer<Map<String, byte[]>>> afterwards = new ArrayList<>();

  static Map<String, Object> ecu(String hardwareId, int releaseCounter) {
    return new TreeMap<>(Map.of("hardwareId", hardwareId, "releaseCounter", releaseCounter));
  }

  /** The files of the example by their paths. */
  static SortedMap<String, byte[]> original() {
    return new TreeMap<>(ORIGINAL);
  }

  static SortedMap<String, byte[]> files(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts the attacker's key under the id of another, and signs with it. */
  static void steal(Document root, Document document, SigningKey stolen, SigningKey own) {
    object(root.content, "keys").put(stolen.keyid(), new TreeMap<>(own.publicKey().toJson()));
    document.signers = List.of(own);
    document.namedAs.put(own.keyid(), stolen.keyid());
  }

  /** Lists what need not be a key, under the hash of what it says. */
  static String listKey(Document root, String keytype, String scheme, String point) {
    Map<String, Object> key =
        Map.of("keytype", keytype, "keyval", Map.of("public", point), "scheme", scheme);
    String keyid = Hashes.sha256(CanonicalJson.encode(key));
    object(root.content, "keys").put(keyid, key);
    return keyid;
  }

  /** The manifest's entry for the battery's image. */
  Map<String, Object> entry() {
    return battery(targets);
  }

  /** The image repository's entry for the same image. */
  Map<String, Object> imageEntry() {
    return battery(imageTargets);
  }

  static byte[] requireFile(Map<String, byte[]> files, String name) {
    return requireNonNull(files.get(name));
  }

  private static Map<String, Object> battery(Document targets) {
    return object(object(targets.content, "targets"), "BMS.7.bms-2.1.0.bin");
  }

  /** A file that is put there as it is, whatever lists it. */
  void put(String file, byte[] bytes) {
    afterwards.add(files -> files.put(file, bytes));
  }

  /** A file whose text is changed after everything was signed. */
  void edit(String file, UnaryOperator<String> change) {
    afterwards.add(
        files ->
            files.put(
                file, change.apply(new String(requireFile(files, file), UTF_8)).getBytes(UTF_8)));
  }

  /** What differs from the example, and what the vehicle knows. */
  SortedMap<String, byte[]> changes() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    chain(files, targets, snapshot, timestamp);
    chain(files, imageTargets, imageSnapshot, imageTimestamp);
    files.put(root.file, root.sign());
    files.put(imageRoot.file, imageRoot.sign());
    afterwards.forEach(change -> change.accept(files));
    files.entrySet().removeIf(f -> Hashes.sha256(f.getValue()).equals(hash(ORIGINAL, f.getKey())));
    files.put("vehicle.json", (JSON.writeValueAsString(vehicle) + "\n").getBytes(UTF_8));
    return files;
  }

  private static String hash(Map<String, byte[]> files, String name) {
    byte[] file = files.get(name);
    return file == null ? "" : Hashes.sha256(file);
  }

  private static void chain(
      Map<String, byte[]> files, Document targets, Document snapshot, Document timestamp) {
    files.put(targets.file, targets.sign());
    list(snapshot, "targets.json", requireFile(files, targets.file));
    files.put(snapshot.file, snapshot.sign());
    list(timestamp, "snapshot.json", requireFile(files, snapshot.file));
    files.put(timestamp.file, timestamp.sign());
  }

  private static void list(Document listing, String name, byte[] file) {
    Map<String, Object> meta = object(object(listing.content, "meta"), name);
    meta.put("length", file.length);
    meta.put("hashes", new HashMap<>(Map.of("sha256", Hashes.sha256(file))));
  }
}

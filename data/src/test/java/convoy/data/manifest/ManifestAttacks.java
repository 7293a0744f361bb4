package convoy.data.manifest;

import static convoy.data.manifest.ForgedExample.DIRECTOR;
import static convoy.data.manifest.ForgedExample.ecu;
import static convoy.data.manifest.ManifestFixtures.certified;
import static convoy.data.manifest.ManifestFixtures.key;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.manifest.ManifestFixtures.target;
import static convoy.data.manifest.ManifestFixtures.withPackage;
import static convoy.data.trust.IndependentVerifier.object;
import static java.util.Objects.requireNonNull;

import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What can be wrong with the Director's root and with a manifest: checks 1 to 5, and 8. */
final class ManifestAttacks {
  private static final String OTHER_VIN = "WVWZZZ1KZAW000002";
  private static final ManifestSigner SIGNER = new ManifestSigner(ManifestFixtures.KEYS);

  private ManifestAttacks() {}

  /** The attacks by the names of their folders, which begin with the number of the check. */
  static Map<String, Consumer<ForgedExample>> all() {
    Map<String, Consumer<ForgedExample>> all = new TreeMap<>();
    root(all);
    timestamp(all);
    listed(all, "3-snapshot", e -> e.snapshot, key(2));
    listed(all, "4-targets", e -> e.targets, key(4));
    all.put("3-snapshot-of-another-type", e -> e.snapshot.content.put("_type", "targets"));
    all.put("4-targets-of-another-type", e -> e.targets.content.put("_type", "snapshot"));
    all.put(
        "3-snapshot-missing",
        e -> {
          e.timestamp.content.put("version", 8);
          listedVersion(e.timestamp, "snapshot.json");
        });
    all.put(
        "3-snapshot-listed-with-another-version", e -> listedVersion(e.timestamp, "snapshot.json"));
    all.put(
        "4-targets-listed-with-another-version", e -> listedVersion(e.snapshot, "targets.json"));
    content(all);
    carried(all);
    vehicle(all);
    return all;
  }

  private static void listedVersion(ForgedExample.Document listing, String name) {
    object(object(listing.content, "meta"), name).put("version", 8);
  }

  private static void root(Map<String, Consumer<ForgedExample>> all) {
    all.put("1-root-not-signed-by-itself", e -> e.root.signers = List.of(key(2)));
    all.put("1-root-expired", e -> e.root.content.put("expires", "2026-03-01T13:00:00Z"));
    all.put(
        "1-key-id-not-its-keys-hash", e -> ForgedExample.steal(e.root, e.targets, key(2), key(66)));
    all.put(
        "1-threshold-met-by-one-key-twice",
        e -> {
          Map<String, Object> role = role(e, "targets");
          role.put("keyids", List.of(key(2).keyid(), key(2).keyid()));
          role.put("threshold", 2);
        });
    // The neutral point: whatever the message, the signature is that point and the number 0.
    all.put(
        "1-key-of-small-order",
        e -> {
          String neutral = "01" + "00".repeat(31);
          String keyid = ForgedExample.listKey(e.root, "ed25519", "ed25519", neutral);
          role(e, "targets").put("keyids", List.of(keyid));
          e.targets.namedAs.put(key(2).keyid(), keyid);
          e.targets.sig = neutral + "00".repeat(32);
        });
    all.put(
        "1-key-off-the-curve",
        e -> {
          String point = "04" + "00".repeat(63) + "01";
          String keyid = ForgedExample.listKey(e.root, "ecdsa", "ecdsa-sha2-nistp256", point);
          role(e, "targets").put("keyids", List.of(key(2).keyid(), keyid));
        });
    // The files lie there under the names that a client looks for then.
    all.put(
        "1-without-consistent-snapshot",
        e -> {
          e.root.content.put("consistent_snapshot", false);
          for (String file : List.of("snapshot.json", "targets.json")) {
            e.put(
                DIRECTOR + file,
                ForgedExample.requireFile(ForgedExample.original(), DIRECTOR + "7." + file));
          }
        });
    all.put("1-next-root-not-signed-by-the-former", e -> next(e, 2, key(11)));
    all.put("1-next-root-not-signed-by-itself", e -> next(e, 2, key(1)));
    all.put("1-next-root-of-another-version", e -> next(e, 3, key(1), key(11)));
  }

  private static Map<String, Object> role(ForgedExample example, String name) {
    return object(object(example.root.content, "roles"), name);
  }

  /** A root of four other keys as {@code 2.root.json}. */
  private static void next(ForgedExample example, int version, SigningKey... signers) {
    Map<String, Object> root = Forgery.signed(ManifestFixtures.root(Repository.DIRECTOR, 11));
    root.put("version", version);
    example.put("director/2.root.json", SignedDocument.sign(root, List.of(signers)));
  }

  private static void timestamp(Map<String, Consumer<ForgedExample>> all) {
    String file = DIRECTOR + "timestamp.json";
    all.put(
        "2-manifest-of-another-vehicle",
        e -> {
          anotherVehicle(e.timestamp);
          anotherVehicle(e.snapshot);
          anotherVehicle(e.targets);
        });
    all.put("2-timestamp-expired", e -> e.timestamp.content.put("expires", "2026-03-01T13:00:00Z"));
    all.put("2-timestamp-signed-by-another-role", e -> e.timestamp.signers = List.of(key(2)));
    all.put("2-timestamp-signed-by-a-stranger", e -> e.timestamp.signers = List.of(key(66)));
    all.put("2-timestamp-of-another-type", e -> e.timestamp.content.put("_type", "snapshot"));
    all.put(
        "2-timestamp-of-another-specification",
        e -> e.timestamp.content.put("spec_version", "1.1.0"));
    all.put("2-timestamp-tampered", e -> e.edit(file, text -> text.replace("03-15T", "09-15T")));
    all.put("2-timestamp-with-text-after-it", e -> e.edit(file, text -> text + "{}"));
    all.put(
        "2-timestamp-with-a-key-twice",
        e ->
            e.edit(file, text -> text.replace("\"version\":7}}", "\"version\":9,\"version\":7}}")));
    all.put(
        "2-timestamp-signed-twice-by-one-key",
        e -> e.edit(file, text -> text.replaceFirst("\\[(\\{[^]]*\\})\\]", "[$1,$1]")));
    // The vehicle has taken version 8 before: its file is what a TUF client keeps of it.
    all.put(
        "2-timestamp-older-than-taken",
        e -> e.put("taken/timestamp.json", SIGNER.sign(request(8)).timestamp()));
  }

  /** What a listed file is checked for; the key is another role's. */
  private static void listed(
      Map<String, Consumer<ForgedExample>> all,
      String name,
      Function<ForgedExample, ForgedExample.Document> of,
      SigningKey otherRole) {
    all.put(name + "-of-another-length", e -> e.edit(of.apply(e).file, text -> text + " "));
    // Signed by the same Director for the same vehicle, with the same length: only the hash tells.
    all.put(
        name + "-swapped",
        e -> {
          // Of the same length, so that the hash alone tells.
          ManifestTarget bms =
              withPackage(target("BMS", "BMS-0009", 1), requireNonNull(certified().keyPackage()));
          ManifestBundle other = SIGNER.sign(request(7, bms, target("TCU", "TCU-0002", 2)));
          Map<String, byte[]> files = other.files();
          String file = of.apply(e).file;
          e.put(file, ForgedExample.requireFile(files, file.substring(DIRECTOR.length())));
        });
    all.put(name + "-of-another-version", e -> of.apply(e).content.put("version", 6));
    all.put(name + "-signed-by-another-role", e -> of.apply(e).signers = List.of(otherRole));
    all.put(name + "-of-another-vehicle", e -> anotherVehicle(of.apply(e)));
    all.put(name + "-expired", e -> of.apply(e).content.put("expires", "2026-03-01T13:00:00Z"));
  }

  private static void anotherVehicle(ForgedExample.Document document) {
    object(document.content, "custom").put("vin", OTHER_VIN);
  }

  private static void content(Map<String, Consumer<ForgedExample>> all) {
    all.put("5-delegations", e -> e.targets.content.put("delegations", delegations()));
    all.put(
        "5-ecu-twice",
        e ->
            object(object(telematics(e), "custom"), "ecuIdentifiers")
                .put("BMS-0001", Map.of("hardwareId", "TCU-HW3")));
    all.put("5-image-of-no-length", e -> e.entry().put("length", 0));
    all.put("5-image-without-sha512", e -> object(e.entry(), "hashes").remove("sha512"));
    all.put("5-image-without-release-counter", e -> custom(e).remove("releaseCounter"));
    all.put("5-image-for-no-ecu", e -> custom(e).put("ecuIdentifiers", Map.of()));
    all.put("5-image-without-encrypted-form", e -> custom(e).remove("encrypted"));
    all.put(
        "5-encrypted-image-without-sha256",
        e -> object(object(custom(e), "encrypted"), "hashes").remove("sha256"));
    all.put("5-encrypted-image-without-uri", e -> object(custom(e), "encrypted").remove("uri"));
    all.put(
        "5-image-whose-name-leaves-its-folder",
        e -> {
          Map<String, Object> entries = object(e.targets.content, "targets");
          entries.put("../../boot.bin", entries.remove("BMS.7.bms-2.1.0.bin"));
        });
    all.put(
        "5-key-package-cut-off",
        e ->
            battery(e)
                .computeIfPresent("keyPackage", (name, text) -> ((String) text).substring(0, 400)));
    all.put("5-key-package-not-in-base64", e -> battery(e).put("keyPackage", "0f0f0f?"));
    all.put(
        "5-consent-not-known",
        e -> object(object(e.targets.content, "custom"), "consent").put("mode", "SOFT"));
  }

  /** Of manifests that carry: the telematics' image is there for another campaign. */
  private static void carried(Map<String, Consumer<ForgedExample>> all) {
    all.put(
        "5-carried-campaign-not-listed",
        e -> {
          carry(e);
          custom(e).put("campaign", "stranger-2026");
        });
    all.put(
        "5-carried-campaign-without-images", e -> object(carry(e), "custom").remove("campaign"));
    all.put(
        "5-carried-campaign-its-own",
        e -> {
          carry(e);
          part(e).put("campaign", "bms-2026");
          custom(e).put("campaign", "bms-2026");
          object(telematics(e), "custom").remove("campaign");
        });
    all.put(
        "5-carried-campaign-twice",
        e -> {
          carry(e);
          object(e.targets.content, "custom").put("carried", List.of(part(e), part(e)));
        });
    all.put(
        "5-carried-consent-not-known",
        e -> {
          carry(e);
          part(e).put("consent", Map.of("mode", "SOFT"));
        });
    all.put(
        "7-another-carried-image", e -> object(carry(e), "hashes").put("sha256", "ab".repeat(32)));
    all.put(
        "8-carried-hardware-of-another-kind",
        e -> {
          carry(e);
          ecus(e).put("TCU-0002", ecu("TCU-HW4", 0));
        });
  }

  /** Yields the image that is carried then. */
  private static Map<String, Object> carry(ForgedExample example) {
    Map<String, Object> part =
        new TreeMap<>(
            Map.of(
                "campaign",
                "tcu-2026",
                "wave",
                1,
                "attempt",
                1,
                "correlationId",
                "tcu-2026/1",
                "preconditions",
                Map.of(),
                "consent",
                Map.of("mode", "FORCED")));
    object(example.targets.content, "custom").put("carried", List.of(part));
    Map<String, Object> image = telematics(example);
    object(image, "custom").put("campaign", "tcu-2026");
    return image;
  }

  @SuppressWarnings("unchecked") // as carry() put it there
  private static Map<String, Object> part(ForgedExample example) {
    return (Map<String, Object>)
        ((List<Object>) requireNonNull(object(example.targets.content, "custom").get("carried")))
            .get(0);
  }

  private static Map<String, Object> telematics(ForgedExample example) {
    return object(object(example.targets.content, "targets"), "TCU.7.tcu-2.1.0.bin");
  }

  private static Map<String, Object> custom(ForgedExample example) {
    return object(example.entry(), "custom");
  }

  private static Map<String, Object> battery(ForgedExample example) {
    return object(object(custom(example), "ecuIdentifiers"), "BMS-0001");
  }

  /** A delegation as TUF has it: to a key of the attacker's, for all images. */
  static Map<String, Object> delegations() {
    return Map.of(
        "keys",
        Map.of(key(66).keyid(), key(66).publicKey().toJson()),
        "roles",
        List.of(
            Map.of(
                "name",
                "supplier",
                "keyids",
                List.of(key(66).keyid()),
                "threshold",
                1,
                "terminating",
                false,
                "paths",
                List.of("*"))));
  }

  private static void vehicle(Map<String, Consumer<ForgedExample>> all) {
    all.put("8-ecu-of-another-vehicle", e -> ecus(e).remove("TCU-0002"));
    all.put("8-hardware-of-another-kind", e -> ecus(e).put("BMS-0001", ecu("BMS-HW4", 6)));
    all.put("8-release-counter-lowered", e -> ecus(e).put("BMS-0001", ecu("BMS-HW3", 8)));
  }

  private static Map<String, Object> ecus(ForgedExample example) {
    return object(example.vehicle, "ecus");
  }
}

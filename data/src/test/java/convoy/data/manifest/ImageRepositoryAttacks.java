package convoy.data.manifest;

import static convoy.data.manifest.ForgedExample.IMAGE;
import static convoy.data.manifest.ManifestFixtures.key;
import static convoy.data.trust.IndependentVerifier.object;

import convoy.data.trust.SigningKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What can be wrong with the image repository, and between it and a manifest: checks 6 and 7. */
final class ImageRepositoryAttacks {
  private static final String OTHER_HASH = "0".repeat(64);

  private ImageRepositoryAttacks() {}

  /** The attacks by the names of their folders, which begin with the number of the check. */
  static Map<String, Consumer<ForgedExample>> all() {
    Map<String, Consumer<ForgedExample>> all = new TreeMap<>();
    repository(all);
    document(all, "6-image-timestamp", e -> e.imageTimestamp, key(33));
    document(all, "6-image-snapshot", e -> e.imageSnapshot, key(34));
    document(all, "6-image-targets", e -> e.imageTargets, key(34));
    swapped(all);
    match(all);
    return all;
  }

  private static void repository(Map<String, Consumer<ForgedExample>> all) {
    all.put("6-image-root-not-signed-by-itself", e -> e.imageRoot.signers = List.of(key(32)));
    all.put(
        "6-image-root-expired", e -> e.imageRoot.content.put("expires", "2026-03-01T13:00:00Z"));
    all.put(
        "6-image-key-id-not-its-keys-hash",
        e -> ForgedExample.steal(e.imageRoot, e.imageTargets, key(32), key(66)));
    all.put(
        "6-key-of-both-repositories",
        e -> {
          object(e.imageRoot.content, "keys")
              .put(key(4).keyid(), new TreeMap<>(key(4).publicKey().toJson()));
          object(e.imageRoot.content, "keys").remove(key(34).keyid());
          object(object(e.imageRoot.content, "roles"), "timestamp")
              .put("keyids", List.of(key(4).keyid()));
          e.imageTimestamp.signers = List.of(key(4));
        });
    all.put(
        "6-image-delegations",
        e -> e.imageTargets.content.put("delegations", ManifestAttacks.delegations()));
    all.put(
        "6-image-not-fully-described",
        e -> object(object(e.imageEntry(), "custom"), "encrypted").remove("hashes"));
    all.put(
        "6-image-without-hardware-ids",
        e -> object(e.imageEntry(), "custom").remove("hardwareIds"));
  }

  /** What each document is checked for; the key is another role's. */
  private static void document(
      Map<String, Consumer<ForgedExample>> all,
      String name,
      Function<ForgedExample, ForgedExample.Document> of,
      SigningKey otherRole) {
    all.put(name + "-signed-by-another-role", e -> of.apply(e).signers = List.of(otherRole));
    all.put(name + "-expired", e -> of.apply(e).content.put("expires", "2026-03-01T13:00:00Z"));
    all.put(name + "-of-another-type", e -> of.apply(e).content.put("_type", "root"));
  }

  private static void swapped(Map<String, Consumer<ForgedExample>> all) {
    all.put(
        "6-image-snapshot-not-the-listed-one",
        e -> e.edit(IMAGE + "5.snapshot.json", text -> text.replace("03-15T", "04-15T")));
    all.put(
        "6-image-targets-not-the-listed-ones",
        e -> e.edit(IMAGE + "3.targets.json", text -> text.replace("BMS-HW4", "BMS-HW9")));
    all.put("6-image-snapshot-of-another-version", e -> e.imageSnapshot.content.put("version", 4));
    all.put("6-image-targets-of-another-version", e -> e.imageTargets.content.put("version", 2));
    all.put(
        "6-image-targets-missing",
        e -> object(object(e.imageSnapshot.content, "meta"), "targets.json").put("version", 4));
    all.put(
        "6-image-repository-that-is-the-directors",
        e ->
            e.put(
                IMAGE + "timestamp.json",
                ForgedExample.requireFile(
                    ForgedExample.original(), ForgedExample.DIRECTOR + "timestamp.json")));
  }

  private static void match(Map<String, Consumer<ForgedExample>> all) {
    all.put(
        "7-image-not-listed",
        e -> object(e.imageTargets.content, "targets").remove("BMS.7.bms-2.1.0.bin"));
    all.put("7-another-length", e -> e.imageEntry().put("length", 1));
    all.put("7-another-sha256", e -> object(e.imageEntry(), "hashes").put("sha256", OTHER_HASH));
    all.put(
        "7-another-sha512",
        e -> object(e.imageEntry(), "hashes").put("sha512", OTHER_HASH + OTHER_HASH));
    all.put("7-another-encrypted-length", e -> encrypted(e).put("length", 1));
    all.put(
        "7-another-encrypted-sha256",
        e -> object(encrypted(e), "hashes").put("sha256", OTHER_HASH));
    all.put(
        "7-another-encrypted-sha512",
        e -> object(encrypted(e), "hashes").put("sha512", OTHER_HASH + OTHER_HASH));
    all.put(
        "7-hardware-that-is-not-covered",
        e -> object(e.imageEntry(), "custom").put("hardwareIds", List.of("BMS-HW9")));
    all.put(
        "7-another-release-counter",
        e -> object(e.imageEntry(), "custom").put("releaseCounter", 8));
    all.put("7-another-version", e -> object(e.imageEntry(), "custom").put("version", "2.1.1"));
    all.put("7-another-module", e -> object(e.imageEntry(), "custom").put("module", "BMX"));
  }

  private static Map<String, Object> encrypted(ForgedExample example) {
    return object(object(example.imageEntry(), "custom"), "encrypted");
  }
}

package convoy.data.manifest;

import static convoy.data.manifest.ManifestFixtures.KEYS;
import static convoy.data.manifest.ManifestFixtures.NOW;
import static convoy.data.manifest.ManifestFixtures.ROOT;
import static convoy.data.manifest.ManifestFixtures.VIN;
import static convoy.data.manifest.ManifestFixtures.request;
import static convoy.data.trust.IndependentVerifier.object;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Hashes;
import convoy.data.trust.IndependentVerifier;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Metadata that was changed and then signed anew, all along the chain. */
final class Forgery {
  static final String TIMESTAMP = "timestamp.json";
  static final String SNAPSHOT = "7.snapshot.json";
  static final String TARGETS = "7.targets.json";
  static final ManifestSigner SIGNER = new ManifestSigner(KEYS);
  static final ManifestVerifier VERIFIER =
      new ManifestVerifier(RootMetadata.parse(ROOT, "root.json"));

  final Map<String, Object> targets;
  final Map<String, Object> snapshot;
  final Map<String, Object> timestamp;
  SigningKey targetsKey = KEYS.targets();

  Forgery() {
    ManifestBundle bundle = SIGNER.sign(request());
    targets = signed(bundle.targets());
    snapshot = signed(bundle.snapshot());
    timestamp = signed(bundle.timestamp());
  }

  Map<String, byte[]> files() {
    byte[] targetsFile = SignedDocument.sign(targets, List.of(targetsKey));
    list(snapshot, "targets.json", targetsFile);
    byte[] snapshotFile = SignedDocument.sign(snapshot, List.of(KEYS.snapshot()));
    list(timestamp, "snapshot.json", snapshotFile);
    byte[] timestampFile = SignedDocument.sign(timestamp, List.of(KEYS.timestamp()));
    return Map.of(TARGETS, targetsFile, SNAPSHOT, snapshotFile, TIMESTAMP, timestampFile);
  }

  private static void list(Map<String, Object> listing, String name, byte[] file) {
    Map<String, Object> meta = object(object(listing, "meta"), name);
    meta.put("length", file.length);
    meta.put("hashes", Map.of("sha256", Hashes.sha256(file)));
  }

  static Map<String, Object> signed(byte[] document) {
    return object(IndependentVerifier.parse(document), "signed");
  }

  static byte[] bytes(Map<String, byte[]> files, String name) {
    return requireNonNull(files.get(name));
  }

  static void refused(Map<String, byte[]> files, String message) {
    refused(() -> VERIFIER.verify(VIN, files, NOW, null), message);
  }

  static void refused(ThrowingCallable act, String message) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            ConvoyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED))
        .hasMessage(message);
  }
}

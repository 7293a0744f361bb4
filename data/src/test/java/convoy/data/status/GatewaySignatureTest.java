package convoy.data.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.io.FileDigest;
import convoy.data.trust.KeyFiles;
import convoy.data.trust.PublicKey;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What proves that a gateway put a file there. */
class GatewaySignatureTest {
  private static final Path EXAMPLE = Path.of("../docs/formats/status-log");
  private static final String FILE = "log.csv";
  private static final String SHA256 = "0123456789abcdef".repeat(4);
  private static final SigningKey EAST = key(7);
  private static final SigningKey WEST = key(8);
  private static final Map<String, PublicKey> TRUSTED = Map.of("east", EAST.publicKey());

  private static SigningKey key(int filler) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) filler);
    return SigningKey.ofSeed(seed);
  }

  @Test
  void theDocumentedExampleIsSignedByItsGateway() throws IOException {
    String file = "east-0412.jsonl";
    String sha256 = FileDigest.sha256(EXAMPLE.resolve(file));
    byte[] signature = Files.readAllBytes(EXAMPLE.resolve(file + ".sig"));

    GatewaySignature.require(
        signature, file, sha256, Map.of("east", KeyFiles.loadPublic(EXAMPLE.resolve("east.pub"))));
    assertThat(GatewaySignature.sign(file, sha256, EAST)).isEqualTo(signature);
  }

  @Test
  void oneKnownGatewayIsEnough() {
    byte[] signature = GatewaySignature.sign(FILE, SHA256, WEST);
    assertThatCode(
            () ->
                GatewaySignature.require(
                    signature,
                    FILE,
                    SHA256,
                    Map.of("east", EAST.publicKey(), "west", WEST.publicKey())))
        .doesNotThrowAnyException();
  }

  static Stream<Arguments> attacks() {
    byte[] good = GatewaySignature.sign(FILE, SHA256, EAST);
    String text = new String(good, UTF_8);
    String id = EAST.publicKey().shortId();
    return Stream.of(
        Arguments.of(
            "another gateway",
            GatewaySignature.sign(FILE, SHA256, WEST),
            "log.csv.sig: signed by 0 keys of a gateway, expected 1: key %s is not a key of a gateway"
                .formatted(WEST.publicKey().shortId())),
        Arguments.of(
            "a signature of other content",
            text.replace("\"log.csv\"", "\"lag.csv\"").getBytes(UTF_8),
            "log.csv.sig: signed by 0 keys of a gateway, expected 1: the signature of key %s does not match the content"
                .formatted(id)),
        Arguments.of(
            "the file of another name",
            GatewaySignature.sign("lag.csv", SHA256, EAST),
            "log.csv.sig: signed.file: found 'lag.csv', expected 'log.csv', which is the file beside it"),
        Arguments.of(
            "other bytes",
            GatewaySignature.sign(FILE, "f" + SHA256.substring(1), EAST),
            "log.csv.sig: signed.sha256: found 'f%s', expected '%s', which is the file beside it"
                .formatted(SHA256.substring(1), SHA256)),
        Arguments.of(
            "a document of another kind",
            SignedDocument.sign(
                Map.of("_type", "targets", "file", FILE, "sha256", SHA256), List.of(EAST)),
            "log.csv.sig: signed._type: found 'targets', expected 'status-file', which is the file beside it"),
        Arguments.of(
            "a field more",
            SignedDocument.sign(
                Map.of("_type", "status-file", "file", FILE, "sha256", SHA256, "x", 1),
                List.of(EAST)),
            "log.csv.sig: signed: found the fields [_type, file, sha256, x], expected [_type, file, sha256]"),
        Arguments.of(
            "no signature",
            SignedDocument.sign(
                Map.of("_type", "status-file", "file", FILE, "sha256", SHA256), List.of()),
            "log.csv.sig: signed by 0 keys of a gateway, expected 1"),
        Arguments.of(
            "half a file",
            text.substring(0, 100).getBytes(UTF_8),
            "log.csv.sig: not valid JSON at line 1, column 101: "),
        Arguments.of("nothing", new byte[0], "log.csv.sig: not valid JSON"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void everythingElseIsRefused(String what, byte[] signature, String message) {
    assertThatExceptionOfType(ConvoyException.class)
        .as(what)
        .isThrownBy(() -> GatewaySignature.require(signature, FILE, SHA256, TRUSTED))
        .withMessageStartingWith(message)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED));
  }

  @Test
  void withoutAKnownGatewayNothingIsTrusted() {
    byte[] signature = GatewaySignature.sign(FILE, SHA256, EAST);
    assertThatExceptionOfType(ConvoyException.class)
        .isThrownBy(() -> GatewaySignature.require(signature, FILE, SHA256, Map.of()))
        .withMessage("log.csv.sig: found no key of a gateway here, expected one in keys/gateways");
  }
}

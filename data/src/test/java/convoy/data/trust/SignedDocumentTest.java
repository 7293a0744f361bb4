package convoy.data.trust;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignedDocumentTest {
  private static final SigningKey ANN = key(1);
  private static final SigningKey BEN = key(2);
  private static final SigningKey EVE = key(3);
  private static final SigningKey PIA = SigningKey.ofNumber(BigInteger.TEN);
  private static final RoleKeys TWO_OF_TWO =
      RoleKeys.of("the release role", 2, List.of(ANN.publicKey(), BEN.publicKey()));
  private static final Map<String, Object> CONTENT = Map.of("b", List.of(1, 2), "a", "grün \"x\"");

  private static SigningKey key(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return SigningKey.ofSeed(bytes);
  }

  @Test
  void aSignedDocumentIsCanonicalJsonItselfAndTheJdkVerifiesIt() {
    byte[] document = SignedDocument.sign(CONTENT, List.of(ANN));

    assertThat(document).isEqualTo(CanonicalJson.encode(IndependentVerifier.parse(document)));
    assertThat(IndependentVerifier.isSignedBy(document, ANN.publicKey().hex())).isTrue();
    assertThat(IndependentVerifier.isSignedBy(document, BEN.publicKey().hex())).isFalse();
  }

  /** The JDK verifies what the P-256 key signed; each kind counts for one. */
  @Test
  void aRoleMayHaveKeysOfBothKinds() throws Exception {
    byte[] both = SignedDocument.sign(CONTENT, List.of(ANN, PIA));
    assertThat(both).isEqualTo(SignedDocument.sign(CONTENT, List.of(PIA, ANN)));
    RoleKeys role = RoleKeys.of("the release role", 2, List.of(ANN.publicKey(), PIA.publicKey()));
    SignedDocument document = SignedDocument.parse(both, "x.json").requireSignedBy(role);
    assertThatThrownBy(
            () ->
                SignedDocument.parse(SignedDocument.sign(CONTENT, List.of(PIA)), "x.json")
                    .requireSignedBy(role))
        .hasMessage("x.json: signed by 1 keys of the release role, expected 2");

    String sig =
        document.signatures().stream()
            .filter(signature -> signature.keyid().equals(PIA.keyid()))
            .findFirst()
            .orElseThrow()
            .sig();
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(
                new X509EncodedKeySpec(Pem.publicKeyInfo(PIA.publicKey()).getEncoded())));
    verifier.update(IndependentVerifier.canonical(CONTENT).getBytes(UTF_8));
    assertThat(verifier.verify(HexFormat.of().parseHex(sig))).isTrue();
    // An Ed25519 signature under the id of the other key is none of it.
    String swapped = new String(both, UTF_8).replace(sig, ANN.sign(CanonicalJson.encode(CONTENT)));
    assertThatThrownBy(
            () -> SignedDocument.parse(swapped.getBytes(UTF_8), "x.json").requireSignedBy(role))
        .hasMessage(
            "x.json: signed by 1 keys of the release role, expected 2: the signature of key "
                + PIA.publicKey().shortId()
                + " does not match the content");
  }

  @Test
  void theOrderOfSignersDoesNotMatter() {
    assertThat(SignedDocument.sign(CONTENT, List.of(ANN, BEN)))
        .isEqualTo(SignedDocument.sign(CONTENT, List.of(BEN, ANN)));
  }

  @Test
  void theThresholdIsReachedByDifferentKeysOnly() {
    byte[] both = SignedDocument.sign(CONTENT, List.of(ANN, BEN));
    assertThat(SignedDocument.parse(both, "x.json").requireSignedBy(TWO_OF_TWO).signed().values())
        .isEqualTo(CONTENT);

    assertThatThrownBy(() -> check(SignedDocument.sign(CONTENT, List.of(ANN))))
        .hasMessage("x.json: signed by 1 keys of the release role, expected 2");
    assertThatThrownBy(() -> check(SignedDocument.sign(CONTENT, List.of(ANN, EVE))))
        .hasMessage(
            "x.json: signed by 1 keys of the release role, expected 2: key "
                + EVE.publicKey().shortId()
                + " is not a key of the release role");
    assertThatThrownBy(() -> check(SignedDocument.sign(CONTENT, List.of(ANN, ANN))))
        .hasMessage(
            "x.json: key "
                + ANN.publicKey().shortId()
                + " is listed twice in signatures, expected each key once");
  }

  @Test
  void changedContentIsNoticed() {
    String signed = new String(SignedDocument.sign(CONTENT, List.of(ANN, BEN)), UTF_8);
    List<SigningKey> byId =
        Stream.of(ANN, BEN).sorted(Comparator.comparing(SigningKey::keyid)).toList();
    assertThatThrownBy(() -> check(signed.replace("[1,2]", "[1,3]").getBytes(UTF_8)))
        .hasMessage(
            "x.json: signed by 0 keys of the release role, expected 2: the signature of key "
                + byId.get(0).publicKey().shortId()
                + " does not match the content; the signature of key "
                + byId.get(1).publicKey().shortId()
                + " does not match the content");
  }

  @Test
  void whiteSpaceAndKeyOrderAreNotPartOfTheContent() {
    String signed = new String(SignedDocument.sign(CONTENT, List.of(ANN, BEN)), UTF_8);
    check(signed.replace(",", " ,\n ").getBytes(UTF_8));
  }

  static Stream<Arguments> malformed() {
    String good = new String(SignedDocument.sign(CONTENT, List.of(ANN)), UTF_8);
    String signatures = good.substring(0, good.indexOf("\"signed\""));
    return Stream.of(
        arguments(
            "{}".getBytes(UTF_8), "x.json: found the fields [], expected [signatures, signed]"),
        arguments("[]".getBytes(UTF_8), "x.json: found JSON of another kind, expected an object"),
        arguments(good.getBytes(UTF_16), "x.json: found bytes that are not UTF-8, expected JSON"),
        arguments(
            good.getBytes(ISO_8859_1), "x.json: found bytes that are not UTF-8, expected JSON"),
        arguments(
            good.replace("\"a\":", "\"b\":").getBytes(UTF_8),
            "x.json: not valid JSON at line 1, column 261: Duplicate Object property \"b\""),
        arguments(
            "{\"signatures\":[1],\"signed\":{}}".getBytes(UTF_8),
            "x.json: signatures[0]: expected an object with keyid and sig"),
        arguments(
            "{\"signatures\":{},\"signed\":{}}".getBytes(UTF_8),
            "x.json: signatures: found an object, expected a list"),
        arguments(
            (signatures + "\"signed\":7}").getBytes(UTF_8),
            "x.json: signed: found '7', expected an object"),
        arguments(
            (signatures + "\"signed\":{\"a\":1.0}}").getBytes(UTF_8),
            "x.json: signed: a: found the number 1.0, expected a whole number written without '.'"
                + " and 'e'"),
        arguments(
            good.replace("\"sig\":\"", "\"sig\":\"zz").getBytes(UTF_8),
            "x.json: signatures[0].sig: found 'zz"
                + ANN.sign(CanonicalJson.encode(CONTENT)).substring(0, 78)
                + "…', expected 128 lower-case hex digits of an Ed25519 signature,"
                + " or 16 to 144 of an ECDSA one"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhatIsWrongWithADocument(byte[] document, String message) {
    assertThatThrownBy(() -> check(document)).hasMessage(message);
  }

  @Test
  void nothingMayFollowTheDocument() {
    byte[] document = SignedDocument.sign(CONTENT, List.of(ANN, BEN));
    String twice = new String(document, UTF_8) + new String(document, UTF_8);
    assertThatThrownBy(() -> check(twice.getBytes(UTF_8)))
        .hasMessageStartingWith("x.json: not valid JSON at line 1, column ");
  }

  @Test
  void aRoleThatCouldNeverBeMetIsRefused() {
    assertThatThrownBy(
            () -> RoleKeys.of("the release role", 2, List.of(ANN.publicKey(), ANN.publicKey())))
        .hasMessage("the release role: threshold 2, expected 1 to 1, the number of its keys");
    assertThatThrownBy(() -> RoleKeys.of("the release role", 0, List.of(ANN.publicKey())))
        .hasMessage("the release role: threshold 0, expected 1 to 1, the number of its keys");
    assertThatThrownBy(
            () -> new RoleKeys("the release role", 1, Map.of(EVE.keyid(), ANN.publicKey())))
        .hasMessage(
            "the release role: key id "
                + EVE.publicKey().shortId()
                + " is not the hash of its key, expected "
                + ANN.publicKey().shortId());
  }

  private static void check(byte[] document) {
    SignedDocument.parse(document, "x.json").requireSignedBy(TWO_OF_TWO);
  }
}

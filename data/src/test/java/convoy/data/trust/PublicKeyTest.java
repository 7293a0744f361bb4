package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicKeyTest {
  /** RFC 6979, A.2.5. */
  private static final SigningKey P256_KEY =
      SigningKey.ofNumber(
          new BigInteger("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721", 16));

  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  /** RFC 8032 section 7.1: seed, public key, message, signature. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60, \
          d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '', \
          e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
          4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, \
          3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72, \
          92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
          """)
  void signsAsTheStandardSays(String seed, String publicKey, String message, String signature) {
    SigningKey key = SigningKey.ofSeed(HexFormat.of().parseHex(seed));
    byte[] bytes = HexFormat.of().parseHex(message);

    assertThat(key.publicKey().hex()).isEqualTo(publicKey);
    assertThat(key.sign(bytes)).isEqualTo(signature);
    assertThat(key.publicKey().verifies(bytes, signature)).isTrue();
    assertThat(key.publicKey().verifies(new byte[] {1}, signature)).isFalse();
    assertThat(key.publicKey().verifies(bytes, signature.toUpperCase(Locale.ROOT))).isFalse();
  }

  /** RFC 6979, A.2.5, with SHA-256: message, r, s. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          sample, efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716, \
          f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8
          test, f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367, \
          019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083
          """)
  void signsOnP256AsTheStandardSays(String message, String r, String s) {
    byte[] bytes = message.getBytes(UTF_8);
    String signature = der(new BigInteger(r, 16), new BigInteger(s, 16));
    PublicKey key = P256_KEY.publicKey();

    assertThat(key.hex())
        .isEqualTo(
            "04"
                + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    assertThat(P256_KEY.sign(bytes)).isEqualTo(signature);
    assertThat(key.verifies(bytes, signature)).isTrue();
    assertThat(key.verifies(new byte[] {1}, signature)).isFalse();
    assertThat(
            SigningKey.generate(SignatureScheme.ECDSA_P256).publicKey().verifies(bytes, signature))
        .isFalse();
  }

  /** A module may give either of s and n - s; whatever is not DER is no signature. */
  @Test
  void takesEitherHalfOfSAndNoOtherEncoding() {
    byte[] message = "sample".getBytes(UTF_8);
    BigInteger r =
        new BigInteger("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716", 16);
    BigInteger s =
        new BigInteger("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8", 16);
    String good = der(r, s);
    PublicKey key = P256_KEY.publicKey();
    assertThat(key.verifies(message, good)).isTrue();
    assertThat(key.verifies(message, der(r, ORDER.subtract(s)))).isTrue();

    String body = good.substring(4);
    assertThat(
            Stream.of(
                good.toUpperCase(Locale.ROOT),
                good + "00",
                good.substring(0, good.length() - 2),
                "3080" + body + "0000",
                "308146" + body,
                "3147" + body,
                "3047" + "022200" + body.substring(4),
                der(r, s.add(ORDER)),
                der(r.subtract(ORDER), s),
                der(r, s.subtract(ORDER)),
                der(BigInteger.ZERO, s),
                der(r, BigInteger.ZERO),
                "3006020100020100",
                "30060c0141020101",
                "0".repeat(128),
                ""))
        .noneMatch(signature -> key.verifies(message, signature));
  }

  @Test
  void aDamagedSignatureIsRefusedAndNeverBreaksTheProgram() {
    byte[] message = "sample".getBytes(UTF_8);
    byte[] good = HexFormat.of().parseHex(P256_KEY.sign(message));
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = Arrays.copyOf(good, good.length - (i % 5 == 0 ? random.nextInt(60) : 0));
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      assertThat(P256_KEY.publicKey().verifies(message, HexFormat.of().formatHex(damaged)))
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0460fe | expected 130 lower-case hex digits of a P-256 key
          0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6 \
          | expected 130 lower-case hex digits of a P-256 key
          04%1$s7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462298 \
          | not a usable P-256 key, expected 04 and a point of the curve
          07%1$s7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299 \
          | not a usable P-256 key, expected 04 and a point of the curve
          04%2$s%2$s | not a usable P-256 key, expected 04 and a point of the curve
          """)
  void refusesWhatIsNoPointOfP256(String point, String message) {
    String hex =
        point.formatted(
            "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6", "00".repeat(32));
    assertThatThrownBy(() -> PublicKey.of(SignatureScheme.ECDSA_P256, hex))
        .hasMessage("public key '" + hex + "': " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          d75a98 | expected 64 lower-case hex digits of an Ed25519 key
          D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A \
          | expected 64 lower-case hex digits of an Ed25519 key
          0100000000000000000000000000000000000000000000000000000000000000 \
          | not a usable Ed25519 key, expected a point of prime order
          0000000000000000000000000000000000000000000000000000000000000000 \
          | not a usable Ed25519 key, expected a point of prime order
          """)
  void refusesKeysWithWhichAnyoneCouldSign(String hex, String message) {
    assertThatThrownBy(() -> PublicKey.ofHex(hex))
        .hasMessage("public key '" + hex + "': " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rsa | ed25519 | k: keytype: found 'rsa', expected 'ed25519' or 'ecdsa'
          ed25519 | ed25519ph | k: scheme: found 'ed25519ph', expected 'ed25519'
          ed25519 | ecdsa-sha2-nistp256 \
          | k: scheme: found 'ecdsa-sha2-nistp256', expected 'ed25519'
          ecdsa | ecdsa-sha2-nistp384 \
          | k: scheme: found 'ecdsa-sha2-nistp384', expected 'ecdsa-sha2-nistp256'
          ecdsa | ecdsa-sha2-nistp256 | k: keyval.public: found '00', expected 130 lower-case hex digits
          """)
  void refusesKeysOfOtherKinds(String keytype, String scheme, String message) {
    Map<String, ?> json =
        Map.of("keytype", keytype, "scheme", scheme, "keyval", Map.of("public", "00"));
    assertThatThrownBy(() -> PublicKey.fromJson(new Fields("k:", json))).hasMessage(message);
  }

  @Test
  void theKeyIdIsTheHashOfTheCanonicalKey() {
    PublicKey key = SigningKey.ofSeed(new byte[32]).publicKey();
    assertThat(key.keyid())
        .isEqualTo(
            Hashes.sha256(
                ("{\"keytype\":\"ed25519\",\"keyval\":{\"public\":\""
                        + key.hex()
                        + "\"},\"scheme\":\"ed25519\"}")
                    .getBytes(UTF_8)));
    assertThat(PublicKey.fromJson(new Fields("k:", key.toJson()))).isEqualTo(key);

    PublicKey p256 = P256_KEY.publicKey();
    assertThat(p256.keyid())
        .isEqualTo(
            Hashes.sha256(
                ("{\"keytype\":\"ecdsa\",\"keyval\":{\"public\":\""
                        + p256.hex()
                        + "\"},\"scheme\":\"ecdsa-sha2-nistp256\"}")
                    .getBytes(UTF_8)));
    assertThat(PublicKey.fromJson(new Fields("k:", p256.toJson()))).isEqualTo(p256);
  }

  private static String der(BigInteger r, BigInteger s) {
    try {
      return HexFormat.of()
          .formatHex(
              new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)})
                  .getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

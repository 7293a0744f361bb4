package convoy.data.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicKeyTest {

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
          rsa | ed25519 | k: keytype: found 'rsa', expected 'ed25519'
          ed25519 | ed25519ph | k: scheme: found 'ed25519ph', expected 'ed25519'
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
  }
}

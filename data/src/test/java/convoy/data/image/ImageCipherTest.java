package convoy.data.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Commands;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image comes back as it was, or not at all. */
class ImageCipherTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:30:00Z");
  private static final ImageKey KEY = new ImageKey("0f".repeat(32));
  private static final byte[] SMALL = "brake software 2.1.0".getBytes(UTF_8);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 65_535, 65_536, 65_537, 1_000_003})
  void anImageOfAnyLengthComesBack(int length) throws IOException {
    byte[] image = new byte[length];
    new Random(length).nextBytes(image);
    assertThat(decrypt(encrypt(image, KEY), KEY)).isEqualTo(image);
  }

  @Test
  void theSameImageIsNeverEncryptedTwiceAlike() throws IOException {
    assertThat(encrypt(SMALL, KEY)).isNotEqualTo(encrypt(SMALL, KEY));
  }

  @Test
  void anotherKeyIsNamed() throws IOException {
    ImageKey other = ImageKey.generate();
    byte[] encrypted = encrypt(SMALL, other);
    assertThatThrownBy(() -> decrypt(encrypted, KEY))
        .hasMessage(
            "encrypted under the key [" + other.id() + "], expected its own key " + KEY.id());
  }

  @Test
  void whatIsNoEncryptedImageIsSaidToBeNone() {
    assertThatThrownBy(() -> decrypt(SMALL, KEY))
        .isInstanceOf(ConvoyException.class)
        .hasMessageStartingWith("not readable as CMS AuthEnvelopedData: ");
  }

  @Test
  void aChangedCiphertextAndAChangedTagAreFound() throws IOException {
    byte[] encrypted = encrypt(new byte[200_000], KEY);
    for (int at : new int[] {100_000, encrypted.length - 10}) {
      byte[] changed = encrypted.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> decrypt(changed, KEY))
          .hasMessage("changed: its authentication tag is not that of its content");
    }
  }

  /** A byte that no proof covers, such as one of a length's form, changes nothing that is read. */
  @Test
  void whicheverByteIsChangedNothingElseThanTheImageComesOut() throws IOException {
    byte[] encrypted = encrypt(SMALL, KEY);
    for (int i = 0; i < encrypted.length; i++) {
      byte[] changed = encrypted.clone();
      changed[i] ^= 0x11;
      assertIsImageOrUntrusted(changed, i);
      assertIsImageOrUntrusted(Arrays.copyOf(encrypted, i), i);
    }
  }

  private static void assertIsImageOrUntrusted(byte[] changed, int at) throws IOException {
    try {
      assertThat(decrypt(changed, KEY)).as("byte %d", at).isEqualTo(SMALL);
    } catch (ConvoyException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED);
    }
  }

  @Test
  void aSealedKeyOpensForItsCertificateAlone() throws IOException {
    ImageKeys ours = keys("ours");
    byte[] sealed = ours.seal(KEY);
    assertThat(ours.open(sealed)).isEqualTo(KEY);
    ImageKeys theirs = keys("theirs");
    assertThatThrownBy(() -> theirs.open(sealed))
        .hasMessage(
            "sealed for another certificate, expected number "
                + theirs.certificate().getSerialNumber().toString(16)
                + " of CN=Convoy images");
    ImageKeys mixed = new ImageKeys(ours.certificate(), theirs.privateKey());
    assertThatThrownBy(() -> mixed.open(sealed))
        .isInstanceOf(ConvoyException.class)
        .hasMessageStartingWith("changed, or not CMS AuthEnvelopedData: ");
  }

  @Test
  void whicheverByteOfASealedKeyIsChangedNoOtherKeyComesOut() throws IOException {
    ImageKeys keys = keys("keys");
    byte[] sealed = keys.seal(KEY);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 0x11;
      try {
        assertThat(keys.open(changed)).as("byte %d", i).isEqualTo(KEY);
      } catch (ConvoyException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED);
      }
    }
  }

  @Test
  void openSslOpensTheKeyAndWithItTheImage() throws Exception {
    Commands.assumeInstalled("openssl");
    ImageKeys keys = keys("keys");
    byte[] image = new byte[300_000];
    new Random(7).nextBytes(image);
    byte[] key =
        Commands.run(
            keys.seal(KEY),
            "openssl",
            "cms",
            "-decrypt",
            "-inform",
            "DER",
            "-recip",
            folder.resolve("keys/images.crt.pem").toString(),
            "-inkey",
            folder.resolve("keys/images.pem").toString());
    assertThat(HexFormat.of().formatHex(key)).isEqualTo(KEY.hex());
    Path encrypted = Files.write(folder.resolve("image.cms"), encrypt(image, KEY));
    assertThat(
            Commands.run(
                new byte[0],
                "openssl",
                "cms",
                "-decrypt",
                "-binary",
                "-inform",
                "DER",
                "-in",
                encrypted.toString(),
                "-secretkey",
                KEY.hex(),
                "-secretkeyid",
                KEY.id()))
        .isEqualTo(image);
  }

  @Test
  void aKeyDoesNotPrintItself() {
    assertThat(KEY).hasToString("image key " + KEY.id());
  }

  private ImageKeys keys(String name) throws IOException {
    ImageKeys.create(folder.resolve(name), NOW);
    return ImageKeys.load(folder.resolve(name));
  }

  private static byte[] encrypt(byte[] image, ImageKey key) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageCipher.encrypt(new ByteArrayInputStream(image), out, key);
    return out.toByteArray();
  }

  private static byte[] decrypt(byte[] encrypted, ImageKey key) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageCipher.decrypt(new ByteArrayInputStream(encrypted), out, key);
    return out.toByteArray();
  }
}

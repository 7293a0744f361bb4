package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An ECU opens the package that was made for its certificate, and nobody else does. */
class KeyPackageTest {
  private static final ImageKey KEY = new ImageKey("0f".repeat(32));
  private static final Path HERE = Path.of("src/test/resources/convoy/data/image");
  private static final Path EXAMPLE = Path.of("../docs/formats/update-manifest/ecu");
  private static final Path P256 = EXAMPLE.resolve("BMS-0001.crt.pem");
  private static final Path P256_KEY = EXAMPLE.resolve("BMS-0001.key.pem");
  private static final Path RSA = HERE.resolve("rsa-2048.crt.pem");
  private static final Path RSA_KEY = HERE.resolve("rsa-2048.key.pem");

  /** A certificate that ran out changes nothing: the ECU still has its key. */
  private static final Path EXPIRED = HERE.resolve("expired.crt.pem");

  @Test
  void theOwnerOfTheCertificateGetsTheKey() throws Exception {
    assertThat(open(seal(KEY, P256), P256, P256_KEY)).isEqualTo(KEY);
    assertThat(open(seal(KEY, EXPIRED), EXPIRED, P256_KEY)).isEqualTo(KEY);
    assertThat(open(seal(KEY, RSA), RSA, RSA_KEY)).isEqualTo(KEY);
  }

  @Test
  void openSslOpensItWithTheEcusKey() throws Exception {
    Commands.assumeInstalled("openssl");
    assertThat(openSsl(seal(KEY, P256), P256, P256_KEY)).isEqualTo(KEY.hex());
    assertThat(openSsl(seal(KEY, EXPIRED), EXPIRED, P256_KEY)).isEqualTo(KEY.hex());
    assertThat(openSsl(seal(KEY, RSA), RSA, RSA_KEY)).isEqualTo(KEY.hex());
  }

  private static String openSsl(byte[] sealed, Path certificate, Path key) throws Exception {
    return HexFormat.of()
        .formatHex(
            Commands.run(
                sealed,
                "openssl",
                "cms",
                "-decrypt",
                "-inform",
                "DER",
                "-recip",
                certificate.toString(),
                "-inkey",
                key.toString()));
  }

  @Test
  void theSameKeyAndCertificateAlwaysGiveTheSameBytes() throws Exception {
    KeySealer sealer = new KeySealer(KEY);
    for (Path certificate : new Path[] {P256, RSA}) {
      byte[] sealed = seal(KEY, certificate);
      assertThat(sealer.seal(recipient(certificate))).isEqualTo(sealed);
      assertThat(sealer.seal(recipient(certificate))).isEqualTo(sealed);
    }
    assertThat(seal(KEY, P256)).isNotEqualTo(seal(KEY, EXPIRED));
  }

  /** Else content keys and nonces would be used again for another key. */
  @Test
  void nothingThatIsDerivedForOneImageIsUsedForAnother() throws Exception {
    AuthEnvelopedData one = content(seal(KEY, P256));
    AuthEnvelopedData other = content(seal(new ImageKey("0f".repeat(31) + "0e"), P256));
    assertThat(other.getRecipientInfos()).isNotEqualTo(one.getRecipientInfos());
    assertThat(other.getAuthEncryptedContentInfo().getContentEncryptionAlgorithm())
        .isNotEqualTo(one.getAuthEncryptedContentInfo().getContentEncryptionAlgorithm());
    assertThat(other.getAuthEncryptedContentInfo().getEncryptedContent())
        .isNotEqualTo(one.getAuthEncryptedContentInfo().getEncryptedContent());
  }

  @Test
  void anotherEcuDoesNotOpenIt() throws Exception {
    byte[] sealed = seal(KEY, P256);
    String number = certificate(EXPIRED).getSerialNumber().toString(16);
    assertThatThrownBy(() -> open(sealed, EXPIRED, P256_KEY))
        .hasMessage("sealed for another certificate, expected number " + number + " of CN=expired");
    assertThatThrownBy(() -> open(sealed, RSA, RSA_KEY))
        .hasMessageStartingWith("sealed for another certificate, expected number ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P256", "RSA"})
  void whicheverByteIsChangedNoOtherKeyComesOut(String kind) throws Exception {
    boolean rsa = kind.equals("RSA");
    Path certificate = rsa ? RSA : P256;
    byte[] sealed = seal(KEY, certificate);
    // RSA takes a while: every seventh byte.
    for (int i = 0; i < sealed.length; i += rsa ? 7 : 1) {
      byte[] changed = sealed.clone();
      changed[i] ^= 0x11;
      try {
        assertThat(open(changed, certificate, rsa ? RSA_KEY : P256_KEY))
            .as("byte %d", i)
            .isEqualTo(KEY);
      } catch (ConvoyException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.NOT_TRUSTED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p384 | a key on secp384r1",
        "brainpool | a key on brainpoolP256r1",
        "explicit | an EC key on a curve without a name",
        "rsa-1024 | an RSA key of 1,024 bits",
      })
  void aKeyForWhichNothingCanBeSealedIsSaidToBeWhatItIs(String name, String found) {
    assertThatThrownBy(() -> recipient(HERE.resolve(name + ".crt.pem")))
        .isInstanceOf(RecipientCertificate.Unusable.class)
        .hasMessage(found);
  }

  @Test
  void aPointBesideTheCurveAndBytesThatAreNoCertificateAreRefused() throws Exception {
    byte[] der = Base64.getMimeDecoder().decode(body(P256));
    byte[] beside = der.clone();
    // The last byte of the point: 04, then twice 32 bytes, behind the name of the curve.
    int curve = indexOf(der, HexFormat.of().parseHex("06082a8648ce3d030107034200"));
    beside[curve + 13 + 64] ^= 1;
    assertThatThrownBy(() -> RecipientCertificate.of(beside))
        .isInstanceOf(RecipientCertificate.Unusable.class)
        .hasMessage("a point that is not on P-256");
    assertThatThrownBy(() -> RecipientCertificate.of(new byte[] {0x30, 0x00}))
        .isInstanceOf(RecipientCertificate.Unusable.class)
        .hasMessage("no certificate");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void whatCanBeNoPackageIsSaidToBeWhatItIs() throws Exception {
    byte[] sealed = seal(KEY, P256);
    assertThat(problem(sealed)).isEmpty();
    assertThat(KeyPackage.problem("MII?")).contains("not Base64");
    assertThat(KeyPackage.problem("AQID")).contains("not CMS");
    assertThat(KeyPackage.problem("")).contains("nothing");
    assertThat(problem(new DEROctetString(KEY.bytes()).getEncoded())).contains("not CMS");
    byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
    assertThat(problem(longer)).contains("not CMS");
    // The same with one byte more for the length than it needs.
    byte[] ber = new byte[sealed.length + 1];
    System.arraycopy(sealed, 2, ber, 3, sealed.length - 2);
    ber[0] = sealed[0];
    ber[1] = (byte) 0x83;
    assertThat(problem(ber)).contains("not DER");
    assertThat(problem(info(CMSObjectIdentifiers.envelopedData, content(sealed))))
        .contains("CMS of another type, 1.2.840.113549.1.7.3");
  }

  @Test
  void aPackageHasOneRecipientAndTheOneCipher() throws Exception {
    AuthEnvelopedData sealed = content(seal(KEY, P256));
    ASN1EncodableVector recipients = new ASN1EncodableVector();
    recipients.add(sealed.getRecipientInfos().getObjectAt(0));
    recipients.add(content(seal(KEY, RSA)).getRecipientInfos().getObjectAt(0));
    assertThat(problem(with(sealed, new DERSet(recipients), sealed.getAuthEncryptedContentInfo())))
        .contains("CMS for 2 recipients");
    EncryptedContentInfo aes128 =
        new EncryptedContentInfo(
            CMSObjectIdentifiers.data,
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes128_GCM),
            sealed.getAuthEncryptedContentInfo().getEncryptedContent());
    assertThat(problem(with(sealed, sealed.getRecipientInfos(), aes128)))
        .contains("CMS encrypted with 2.16.840.1.101.3.4.1.6");
  }

  private static byte[] with(
      AuthEnvelopedData sealed, ASN1Set recipients, EncryptedContentInfo content)
      throws IOException {
    return info(
        CMSObjectIdentifiers.authEnvelopedData,
        new AuthEnvelopedData(null, recipients, content, null, sealed.getMac(), null));
  }

  private static byte[] info(ASN1ObjectIdentifier type, AuthEnvelopedData content)
      throws IOException {
    return new ContentInfo(type, content).getEncoded(ASN1Encoding.DER);
  }

  private static AuthEnvelopedData content(byte[] sealed) {
    return AuthEnvelopedData.getInstance(ContentInfo.getInstance(sealed).getContent());
  }

  private static Optional<String> problem(byte[] sealed) {
    return KeyPackage.problem(Base64.getEncoder().encodeToString(sealed));
  }

  private static byte[] seal(ImageKey key, Path certificate) throws Exception {
    return new KeySealer(key).seal(recipient(certificate));
  }

  private static ImageKey open(byte[] sealed, Path certificate, Path key) throws Exception {
    return KeyPackage.open(sealed, certificate(certificate), privateKey(key));
  }

  private static RecipientCertificate recipient(Path file)
      throws IOException, RecipientCertificate.Unusable {
    return RecipientCertificate.of(Base64.getMimeDecoder().decode(body(file)));
  }

  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance(file.equals(RSA_KEY) ? "RSA" : "EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body(file))));
  }

  private static String body(Path pem) throws IOException {
    return Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
  }
}

package convoy.data.image;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.bc.BcCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientId;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.jspecify.annotations.Nullable;

/**
 * An image key sealed for one certificate with a key on P-256: CMS AuthEnvelopedData with
 * AES-256-GCM, its content key agreed by ephemeral-static ECDH (RFC 5753; KDF with SHA-256, AES-256
 * key wrap). The content is the key's 32 bytes.
 */
public final class KeyPackage {
  private KeyPackage() {}

  /** The key, to be opened only by the owner of that certificate. */
  public static byte[] seal(ImageKey key, X509Certificate recipient) throws IOException {
    try {
      KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
      pairs.initialize(new ECGenParameterSpec(ImageKeys.CURVE));
      KeyPair ephemeral = pairs.generateKeyPair();
      CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
      generator.addRecipientInfoGenerator(
          new JceKeyAgreeRecipientInfoGenerator(
                  CMSAlgorithm.ECDH_SHA256KDF,
                  ephemeral.getPrivate(),
                  ephemeral.getPublic(),
                  CMSAlgorithm.AES256_WRAP)
              .setProvider(ImageKeys.PROVIDER)
              .addRecipient(recipient));
      return generator
          .generate(
              new CMSProcessableByteArray(key.bytes()),
              (OutputAEADEncryptor)
                  new BcCMSContentEncryptorBuilder(NISTObjectIdentifiers.id_aes256_GCM).build())
          .getEncoded();
    } catch (GeneralSecurityException | CMSException e) {
      throw new IOException(
          "sealing an image key for " + recipient.getSubjectX500Principal() + ": " + e.getMessage(),
          e);
    }
  }

  /**
   * Opens a sealed key.
   *
   * @throws ConvoyException NOT_TRUSTED when it is no sealed key, is sealed for another
   *     certificate, or was changed; the message says what was found
   */
  public static ImageKey open(byte[] sealed, X509Certificate certificate, PrivateKey privateKey) {
    byte[] key;
    try {
      RecipientInformation recipient = recipient(new CMSAuthEnvelopedData(sealed), certificate);
      key =
          recipient.getContent(
              new JceKeyAgreeAuthEnvelopedRecipient(privateKey).setProvider(ImageKeys.PROVIDER));
    } catch (CMSException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      throw untrusted("changed, or not CMS AuthEnvelopedData: " + e.getMessage(), e);
    }
    if (key.length != 32) {
      throw untrusted("a key of " + 8 * key.length + " bits, expected 256", null);
    }
    return new ImageKey(HexFormat.of().formatHex(key));
  }

  private static RecipientInformation recipient(
      CMSAuthEnvelopedData sealed, X509Certificate certificate) {
    RecipientInformation recipient =
        sealed.getRecipientInfos().get(new JceKeyAgreeRecipientId(certificate));
    if (recipient != null) {
      return recipient;
    }
    throw untrusted(
        "sealed for another certificate, expected number "
            + certificate.getSerialNumber().toString(16)
            + " of "
            + certificate.getSubjectX500Principal(),
        null);
  }

  private static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}

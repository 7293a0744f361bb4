package convoy.data.image;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientId;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientId;
import org.bouncycastle.cms.jcajce.JceKeyTransAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientId;
import org.jspecify.annotations.Nullable;

/**
 * An image key sealed for one certificate: CMS AuthEnvelopedData with AES-256-GCM, whose content is
 * the key's 32 bytes. Its content key is agreed by ephemeral-static ECDH on P-256 (RFC 5753; KDF
 * with SHA-256, AES-256 key wrap), or encrypted with RSAES-OAEP (RFC 3560, SHA-256). {@link
 * KeySealer} makes them.
 */
public final class KeyPackage {
  private KeyPackage() {}

  /**
   * Opens a sealed key.
   *
   * @throws ConvoyException NOT_TRUSTED when it is no sealed key, is sealed for another
   *     certificate, or was changed; the message says what was found
   */
  public static ImageKey open(byte[] sealed, X509Certificate certificate, PrivateKey privateKey) {
    byte[] key;
    try {
      boolean isRsa = privateKey instanceof RSAPrivateKey;
      RecipientInformation recipient =
          recipient(
              new CMSAuthEnvelopedData(sealed),
              certificate,
              isRsa
                  ? new JceKeyTransRecipientId(certificate)
                  : new JceKeyAgreeRecipientId(certificate));
      Recipient opener =
          isRsa
              ? new JceKeyTransAuthEnvelopedRecipient(privateKey).setProvider(ImageKeys.PROVIDER)
              : new JceKeyAgreeAuthEnvelopedRecipient(privateKey).setProvider(ImageKeys.PROVIDER);
      key = recipient.getContent(opener);
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
      CMSAuthEnvelopedData sealed, X509Certificate certificate, RecipientId id) {
    RecipientInformation recipient = sealed.getRecipientInfos().get(id);
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

  /**
   * Whether a text can be a package, which is all that can be said without the recipient's key.
   *
   * @param text as a manifest has it: the package's DER in Base64
   * @return what it is instead; empty when it can be one
   */
  public static Optional<String> problem(String text) {
    byte[] sealed;
    try {
      sealed = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.of("not Base64");
    }
    try {
      ASN1Primitive content = ASN1Primitive.fromByteArray(sealed);
      if (content == null) {
        return Optional.of("nothing");
      }
      if (!Arrays.equals(content.getEncoded(ASN1Encoding.DER), sealed)) {
        return Optional.of("not DER");
      }
      ContentInfo info = ContentInfo.getInstance(content);
      if (!info.getContentType().equals(CMSObjectIdentifiers.authEnvelopedData)) {
        return Optional.of("CMS of another type, " + info.getContentType().getId());
      }
      return problem(AuthEnvelopedData.getInstance(info.getContent()));
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      return Optional.of("not CMS");
    }
  }

  private static Optional<String> problem(AuthEnvelopedData sealed) {
    var cipher =
        sealed.getAuthEncryptedContentInfo().getContentEncryptionAlgorithm().getAlgorithm();
    if (!cipher.equals(NISTObjectIdentifiers.id_aes256_GCM)) {
      return Optional.of("CMS encrypted with " + cipher.getId());
    }
    int recipients = sealed.getRecipientInfos().size();
    return recipients == 1
        ? Optional.empty()
        : Optional.of("CMS for %d recipients".formatted(recipients));
  }

  private static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}

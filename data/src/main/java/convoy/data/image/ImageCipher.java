package convoy.data.image;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KEKRecipientId;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.bc.BcCMSContentEncryptorBuilder;
import org.bouncycastle.cms.bc.BcKEKRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKEKAuthEnvelopedRecipient;
import org.bouncycastle.crypto.io.InvalidCipherTextIOException;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.bc.BcAESSymmetricKeyWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Images as CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084): a content key that is
 * wrapped under the image's key (KEKRecipientInfo, AES key wrap). Both ways work on streams, so
 * that an image of 4 GiB needs no more memory than a small one; the JDK's own GCM holds back a
 * whole plaintext until it has seen the tag, so this is Bouncy Castle's.
 */
public final class ImageCipher {
  private static final int BUFFER = 1 << 16;

  private ImageCipher() {}

  /** Reads a clear image to its end and writes it encrypted; closes neither stream. */
  public static void encrypt(InputStream clear, OutputStream encrypted, ImageKey key)
      throws IOException {
    CMSAuthEnvelopedDataStreamGenerator generator = new CMSAuthEnvelopedDataStreamGenerator();
    generator.setBufferSize(BUFFER);
    generator.addRecipientInfoGenerator(
        new BcKEKRecipientInfoGenerator(
            HexFormat.of().parseHex(key.id()),
            new BcAESSymmetricKeyWrapper(new KeyParameter(key.bytes()))));
    try {
      var encryptor =
          (OutputAEADEncryptor)
              new BcCMSContentEncryptorBuilder(NISTObjectIdentifiers.id_aes256_GCM).build();
      // Closing it writes the tag; the stream below stays open.
      try (OutputStream content = generator.open(encrypted, encryptor)) {
        clear.transferTo(content);
      }
    } catch (CMSException e) {
      throw new IOException("encrypting an image: " + e.getMessage(), e);
    }
  }

  /**
   * Reads an encrypted image to its end and writes it clear. What was written is the image only
   * once this returns: the tag, which proves it, comes last.
   *
   * @throws ConvoyException NOT_TRUSTED when it is no such image, is encrypted under another key,
   *     or was changed; the message says what was found
   */
  public static void decrypt(InputStream encrypted, OutputStream clear, ImageKey key)
      throws IOException {
    try {
      InputStream in = new BufferedInputStream(OwnFailures.of(encrypted), BUFFER);
      CMSAuthEnvelopedDataParser parser = new CMSAuthEnvelopedDataParser(in);
      if (!parser.getEncAlgOID().equals(NISTObjectIdentifiers.id_aes256_GCM.getId())) {
        throw untrusted("encrypted with " + parser.getEncAlgOID() + ", expected AES-256-GCM", null);
      }
      recipient(parser, key)
          .getContentStream(
              new JceKEKAuthEnvelopedRecipient(new SecretKeySpec(key.bytes(), "AES"))
                  .setProvider(ImageKeys.PROVIDER))
          .getContentStream()
          .transferTo(OwnFailures.of(clear));
      in.transferTo(OutputStream.nullOutputStream());
    } catch (InvalidCipherTextIOException e) {
      throw untrusted("changed: its authentication tag is not that of its content", e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException
        | CMSException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      throw untrusted("not readable as CMS AuthEnvelopedData: " + e.getMessage(), e);
    }
  }

  /**
   * Checks that this key is the one that an encrypted image names; reads no more than its head.
   *
   * @throws ConvoyException NOT_TRUSTED when it is not, or it is no encrypted image
   */
  public static void requireKey(InputStream encrypted, ImageKey key) throws IOException {
    try {
      recipient(new CMSAuthEnvelopedDataParser(OwnFailures.of(encrypted)), key);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException
        | CMSException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      throw untrusted("not readable as CMS AuthEnvelopedData: " + e.getMessage(), e);
    }
  }

  private static RecipientInformation recipient(CMSAuthEnvelopedDataParser parser, ImageKey key) {
    KEKRecipientId id = new KEKRecipientId(HexFormat.of().parseHex(key.id()));
    RecipientInformation found = parser.getRecipientInfos().get(id);
    if (found == null) {
      List<String> others =
          parser.getRecipientInfos().getRecipients().stream()
              .map(RecipientInformation::getRID)
              .filter(KEKRecipientId.class::isInstance)
              .map(other -> HexFormat.of().formatHex(((KEKRecipientId) other).getKeyIdentifier()))
              .toList();
      throw untrusted(
          "encrypted under the key %s, expected its own key %s".formatted(others, key.id()), null);
    }
    return found;
  }

  private static ConvoyException untrusted(String message, @Nullable Throwable cause) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message, cause);
  }
}

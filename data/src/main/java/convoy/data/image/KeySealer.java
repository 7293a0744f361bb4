package convoy.data.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import convoy.data.trust.P256;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientIdentifier;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorIdentifierOrKey;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.AESWrapEngine;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.Pack;

/**
 * Seals the key of one image for certificates. The packages of an image are one CMS message to many
 * recipients, of which each is given the part for itself: ephemeral key, content key and nonce are
 * the image's, derived from its key, so that the same key and certificate always give the same
 * bytes (docs/adr/0023). Threads may share it.
 */
public final class KeySealer {
  private static final byte[] SALT = "convoy key package 1".getBytes(US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  // Eight bytes more than the order has, so that the remainder is as good as uniform.
  private static final int SCALAR_BYTES = 40;

  private static final AlgorithmIdentifier WRAP =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_wrap);
  private static final AlgorithmIdentifier AGREEMENT =
      new AlgorithmIdentifier(SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme, WRAP);
  private static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
  private static final AlgorithmIdentifier OAEP =
      new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_RSAES_OAEP,
          new RSAESOAEPparams(
              SHA256,
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA256),
              RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));

  private final byte[] secret;
  private final byte[] contentKey;
  private final ECPrivateKeyParameters ephemeral;
  private final OriginatorIdentifierOrKey originator;
  private final EncryptedContentInfo content;
  private final ASN1OctetString tag;

  public KeySealer(ImageKey key) {
    secret = new HKDFBytesGenerator(new SHA256Digest()).extractPRK(SALT, key.bytes());
    contentKey = derive("content key", new byte[0], KEY_BYTES);
    ephemeral = P256.privateKey(derive("ephemeral key", new byte[0], SCALAR_BYTES));
    originator = originator(ephemeral);
    byte[] nonce = derive("nonce", new byte[0], NONCE_BYTES);
    byte[] encrypted = encrypt(key.bytes(), contentKey, nonce);
    content =
        new EncryptedContentInfo(
            CMSObjectIdentifiers.data,
            new AlgorithmIdentifier(
                NISTObjectIdentifiers.id_aes256_GCM, new GCMParameters(nonce, TAG_BYTES)),
            new DEROctetString(Arrays.copyOf(encrypted, KEY_BYTES)));
    tag = new DEROctetString(Arrays.copyOfRange(encrypted, KEY_BYTES, encrypted.length));
  }

  /** The key for that certificate: CMS AuthEnvelopedData in DER. */
  public byte[] seal(RecipientCertificate recipient) {
    RecipientInfo info =
        recipient.key() instanceof ECPublicKeyParameters point
            ? agreed(recipient, point)
            : transported(recipient);
    try {
      return new ContentInfo(
              CMSObjectIdentifiers.authEnvelopedData,
              new AuthEnvelopedData(null, new DERSet(info), content, null, tag, null))
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("encoding a key package", e);
    }
  }

  /** RFC 5753, section 3.1: ephemeral-static ECDH, the content key wrapped under what it gives. */
  private RecipientInfo agreed(RecipientCertificate recipient, ECPublicKeyParameters point) {
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(ephemeral);
    byte[] shared = BigIntegers.asUnsignedByteArray(KEY_BYTES, agreement.calculateAgreement(point));
    // RFC 5753, section 7.2: what the key is for, and its length in bits.
    KDF2BytesGenerator kdf = new KDF2BytesGenerator(new SHA256Digest());
    kdf.init(
        new KDFParameters(
            shared, der(new ECCCMSSharedInfo(WRAP, Pack.intToBigEndian(8 * KEY_BYTES)))));
    byte[] wrappingKey = new byte[KEY_BYTES];
    kdf.generateBytes(wrappingKey, 0, KEY_BYTES);
    AESWrapEngine wrap = new AESWrapEngine();
    wrap.init(true, new KeyParameter(wrappingKey));
    RecipientEncryptedKey wrapped =
        new RecipientEncryptedKey(
            new KeyAgreeRecipientIdentifier(recipient.id()),
            new DEROctetString(wrap.wrap(contentKey, 0, KEY_BYTES)));
    return new RecipientInfo(
        new KeyAgreeRecipientInfo(originator, null, AGREEMENT, new DERSequence(wrapped)));
  }

  /**
   * RFC 3560: the content key under RSAES-OAEP with SHA-256, its seed derived for the recipient.
   */
  private RecipientInfo transported(RecipientCertificate recipient) {
    OAEPEncoding oaep = new OAEPEncoding(new RSAEngine(), new SHA256Digest());
    byte[] seed = derive("OAEP seed", recipient.sha256(), KEY_BYTES);
    oaep.init(true, new ParametersWithRandom(recipient.key(), new Given(seed)));
    try {
      return new RecipientInfo(
          new KeyTransRecipientInfo(
              new RecipientIdentifier(recipient.id()),
              OAEP,
              new DEROctetString(oaep.processBlock(contentKey, 0, KEY_BYTES))));
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("encrypting a content key", e);
    }
  }

  /** RFC 5869: one label for each thing that is derived. */
  private byte[] derive(String label, byte[] context, int length) {
    byte[] name = (label + "\0").getBytes(US_ASCII);
    byte[] info = Arrays.copyOf(name, name.length + context.length);
    System.arraycopy(context, 0, info, name.length, context.length);
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(HKDFParameters.skipExtractParameters(secret, info));
    byte[] derived = new byte[length];
    hkdf.generateBytes(derived, 0, length);
    return derived;
  }

  private static OriginatorIdentifierOrKey originator(ECPrivateKeyParameters ephemeral) {
    byte[] point = P256.point(ephemeral);
    return new OriginatorIdentifierOrKey(
        new OriginatorPublicKey(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey), point));
  }

  private static byte[] encrypt(byte[] clear, byte[] key, byte[] nonce) {
    GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
    gcm.init(true, new AEADParameters(new KeyParameter(key), 8 * TAG_BYTES, nonce));
    byte[] encrypted = new byte[gcm.getOutputSize(clear.length)];
    try {
      int written = gcm.processBytes(clear, 0, clear.length, encrypted, 0);
      gcm.doFinal(encrypted, written);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("encrypting an image key", e);
    }
    return encrypted;
  }

  private static byte[] der(ECCCMSSharedInfo info) {
    try {
      return info.getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("encoding what a key is agreed for", e);
    }
  }

  /** Gives the bytes that were derived to what asks for random ones. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] asked) {
      if (asked.length != bytes.length) {
        throw new IllegalStateException(
            "%d bytes asked for, expected %d".formatted(asked.length, bytes.length));
      }
      System.arraycopy(bytes, 0, asked, 0, bytes.length);
    }
  }
}

package convoy.data.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** Keys as PEM: Ed25519 (RFC 8410) and P-256 (RFC 5480, RFC 5915). */
final class Pem {
  static final String PRIVATE_KEY = "PRIVATE KEY";

  static final AlgorithmIdentifier ED25519 =
      new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);

  private static final String EXPECTED =
      "Ed25519 (%s) or P-256 (%s)"
          .formatted(
              EdECObjectIdentifiers.id_Ed25519.getId(), SECObjectIdentifiers.secp256r1.getId());

  private Pem() {}

  /** PKCS#8 version 1, without the public key: OpenSSL 3.0 refuses version 2. */
  static byte[] pkcs8(SigningKey key) {
    try {
      return key.secret().getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The SubjectPublicKeyInfo. */
  static SubjectPublicKeyInfo publicKeyInfo(PublicKey key) {
    return new SubjectPublicKeyInfo(algorithm(key.scheme()), key.toBytes());
  }

  private static AlgorithmIdentifier algorithm(SignatureScheme scheme) {
    return switch (scheme) {
      case ED25519 -> ED25519;
      case ECDSA_P256 -> P256.ALGORITHM;
    };
  }

  static byte[] encode(PublicKey key) {
    try {
      return armour("PUBLIC KEY", publicKeyInfo(key).getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A private key from PKCS#8 without armour. */
  static SigningKey signingKey(byte[] pkcs8, String where) {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
      return switch (scheme(info.getPrivateKeyAlgorithm(), where)) {
        case ED25519 ->
            SigningKey.ofSeed(ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
        case ECDSA_P256 ->
            SigningKey.ofNumber(ECPrivateKey.getInstance(info.parsePrivateKey()).getKey());
      };
    } catch (IOException | IllegalArgumentException e) {
      throw refused(where, "not a readable private key", "an Ed25519 or P-256 key in PKCS#8", e);
    }
  }

  static PublicKey publicKey(String pem, String where) {
    try {
      SubjectPublicKeyInfo info =
          SubjectPublicKeyInfo.getInstance(content(pem, "PUBLIC KEY", where));
      return publicKey(info, where);
    } catch (IOException | IllegalArgumentException e) {
      throw refused(
          where, "not a readable public key", "an Ed25519 or P-256 SubjectPublicKeyInfo", e);
    }
  }

  static PublicKey publicKey(SubjectPublicKeyInfo info, String where) {
    return PublicKey.of(
        scheme(info.getAlgorithm(), where),
        HexFormat.of().formatHex(info.getPublicKeyData().getOctets()));
  }

  static byte[] content(String pem, String type, String where) throws IOException {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject object = reader.readPemObject();
      if (object == null) {
        throw refused(where, "no PEM block", "-----BEGIN " + type + "-----", null);
      }
      if (!object.getType().equals(type)) {
        throw refused(
            where,
            "-----BEGIN " + object.getType() + "-----",
            "-----BEGIN " + type + "-----",
            null);
      }
      return object.getContent();
    }
  }

  private static SignatureScheme scheme(AlgorithmIdentifier algorithm, String where) {
    ASN1Encodable curve = algorithm.getParameters();
    if (algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)) {
      return SignatureScheme.ED25519;
    }
    if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      throw refused(
          where, "a key of algorithm " + algorithm.getAlgorithm().getId(), EXPECTED, null);
    }
    if (!SECObjectIdentifiers.secp256r1.equals(curve)) {
      throw refused(where, "a key on curve " + curve, EXPECTED, null);
    }
    return SignatureScheme.ECDSA_P256;
  }

  static byte[] armour(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n")
        .getBytes(US_ASCII);
  }

  private static ConvoyException refused(
      String where, String found, String expected, @Nullable Throwable cause) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED, where + ": found " + found + ", expected " + expected, cause);
  }
}

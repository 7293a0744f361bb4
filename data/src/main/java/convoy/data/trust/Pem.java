package convoy.data.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** Ed25519 keys as PEM (RFC 8410). */
final class Pem {
  static final String PRIVATE_KEY = "PRIVATE KEY";

  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);

  private Pem() {}

  /** PKCS#8 version 1, without the public key: OpenSSL 3.0 refuses version 2. */
  static byte[] pkcs8(SigningKey key) {
    try {
      return new PrivateKeyInfo(ALGORITHM, new DEROctetString(key.seed())).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The SubjectPublicKeyInfo (RFC 8410). */
  static SubjectPublicKeyInfo publicKeyInfo(PublicKey key) {
    return new SubjectPublicKeyInfo(ALGORITHM, key.toBytes());
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
      requireEd25519(info.getPrivateKeyAlgorithm(), where);
      return SigningKey.ofSeed(ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
    } catch (IOException | IllegalArgumentException e) {
      throw refused(where, "not a readable private key", "an Ed25519 key in PKCS#8", e);
    }
  }

  static PublicKey publicKey(String pem, String where) {
    try {
      SubjectPublicKeyInfo info =
          SubjectPublicKeyInfo.getInstance(content(pem, "PUBLIC KEY", where));
      requireEd25519(info.getAlgorithm(), where);
      return PublicKey.ofHex(HexFormat.of().formatHex(info.getPublicKeyData().getOctets()));
    } catch (IOException | IllegalArgumentException e) {
      throw refused(where, "not a readable public key", "an Ed25519 SubjectPublicKeyInfo", e);
    }
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

  private static void requireEd25519(AlgorithmIdentifier algorithm, String where) {
    if (!algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)) {
      throw refused(
          where,
          "a key of algorithm " + algorithm.getAlgorithm().getId(),
          "Ed25519 (" + EdECObjectIdentifiers.id_Ed25519.getId() + ")",
          null);
    }
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

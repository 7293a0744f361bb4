package convoy.data.trust;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.util.Arrays;
import java.util.List;

/** How a key signs, by the names that key objects have (TUF specification 1.0.34, section 4.2). */
public enum SignatureScheme {
  /** Ed25519 (RFC 8032). */
  ED25519("ed25519", "ed25519", "Ed25519", 32),
  /** ECDSA on P-256 with SHA-256 (FIPS 186-5): what hardware modules have. */
  ECDSA_P256("ecdsa", "ecdsa-sha2-nistp256", "P-256", P256.POINT_BYTES);

  private final String keytype;
  private final String text;
  private final String words;
  private final int publicKeyBytes;

  SignatureScheme(String keytype, String text, String words, int publicKeyBytes) {
    this.keytype = keytype;
    this.text = text;
    this.words = words;
    this.publicKeyBytes = publicKeyBytes;
  }

  /**
   * The scheme of that name.
   *
   * @throws ConvoyException USAGE when there is none
   */
  public static SignatureScheme of(String text) {
    return Arrays.stream(values())
        .filter(scheme -> scheme.text.equals(text))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = Arrays.stream(values()).map(SignatureScheme::text).toList();
              return new ConvoyException(
                  ErrorCode.USAGE,
                  "scheme '%s': found none of that name, expected one of %s"
                      .formatted(text, names));
            });
  }

  static SignatureScheme ofKeyObject(Fields key) {
    SignatureScheme found =
        Arrays.stream(values())
            .filter(scheme -> scheme.keytype.equals(key.text("keytype")))
            .findFirst()
            .orElseThrow(() -> key.refused("keytype", "'ed25519' or 'ecdsa'"));
    if (!found.text.equals(key.text("scheme"))) {
      throw key.refused("scheme", "'" + found.text + "'");
    }
    return found;
  }

  /** The {@code keytype} of a key object. */
  String keytype() {
    return keytype;
  }

  /** The {@code scheme} of a key object, by which people name it to commands too. */
  public String text() {
    return text;
  }

  /** The name of its keys in a sentence. */
  public String words() {
    return words;
  }

  int publicKeyBytes() {
    return publicKeyBytes;
  }
}

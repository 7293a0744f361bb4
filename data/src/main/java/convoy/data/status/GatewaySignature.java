package convoy.data.status;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Fields;
import convoy.data.trust.PublicKey;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The signature of a gateway over a file that it collected, which stands beside the file
 * (docs/formats/status-log.md). What is signed is the file's name, since that says how the file is
 * read, and its SHA-256.
 */
public final class GatewaySignature {
  /** What the signature's name adds to the file's. */
  private static final String SUFFIX = ".sig";

  private static final String TYPE = "status-file";

  private GatewaySignature() {}

  /** Where the signature of that file stands, or would. */
  public static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /** Whether a file of that name is a signature. */
  public static boolean isSignature(String name) {
    return name.endsWith(SUFFIX);
  }

  /** The name of the file that a signature of that name is over. */
  public static String signedFile(String signature) {
    return signature.substring(0, signature.length() - SUFFIX.length());
  }

  /** The signature's bytes. */
  public static byte[] sign(String file, String sha256, SigningKey gateway) {
    return SignedDocument.sign(
        Map.of("_type", TYPE, "file", file, "sha256", sha256), List.of(gateway));
  }

  /**
   * Checks that a known gateway signed a file of that name and content.
   *
   * @param signature the bytes of the signature
   * @param file the name under which the file came
   * @param sha256 hex SHA-256 of the file
   * @param gateways their keys by name
   * @throws ConvoyException NOT_TRUSTED when none did; the message says why
   */
  public static void require(
      byte[] signature, String file, String sha256, Map<String, PublicKey> gateways) {
    SignedDocument document = SignedDocument.parse(signature, file + SUFFIX);
    if (gateways.isEmpty()) {
      throw untrusted(
          document.where() + ": found no key of a gateway here, expected one in keys/gateways");
    }
    document.requireSignedBy(RoleKeys.of("a gateway", 1, gateways.values()));
    Fields signed = document.signed().requireExactly(Set.of("_type", "file", "sha256"));
    require(signed, "_type", TYPE);
    require(signed, "file", file);
    require(signed, "sha256", sha256);
  }

  private static void require(Fields signed, String field, String expected) {
    if (!signed.text(field).equals(expected)) {
      throw signed.refused(field, "'" + expected + "', which is the file beside it");
    }
  }

  private static ConvoyException untrusted(String message) {
    return new ConvoyException(ErrorCode.NOT_TRUSTED, message);
  }
}

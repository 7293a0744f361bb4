package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.image.KeyPackage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One image for one ECU.
 *
 * @param ecuSerial the ECU's serial number, its identifier in Uptane
 * @param hardwareId the hardware that the image is for
 * @param keyPackage the image's key, sealed for the ECU's certificate ({@link KeyPackage}), in
 *     Base64; null for an ECU of which no certificate is known
 */
public record ManifestTarget(
    String ecuSerial, String hardwareId, @Nullable String keyPackage, ManifestImage image) {

  /**
   * @throws ConvoyException INPUT_REFUSED when a value is outside its range
   */
  public ManifestTarget {
    require(!ecuSerial.isEmpty(), ecuSerial, "ECU serial", ecuSerial, "text");
    require(!hardwareId.isEmpty(), ecuSerial, "hardware id", hardwareId, "text");
    requireKeyPackage(ecuSerial, keyPackage);
  }

  private static void requireKeyPackage(String ecu, @Nullable String sealed) {
    if (sealed != null) {
      Optional<String> problem = KeyPackage.problem(sealed);
      require(
          problem.isEmpty(),
          ecu,
          "key package",
          problem.orElse(""),
          "CMS AuthEnvelopedData with AES-256-GCM for one recipient, its DER in Base64");
    }
  }

  private static void require(
      boolean holds, String ecu, String what, Object found, String expected) {
    if (!holds) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "ECU '" + ecu + "': " + what + " is '" + found + "', expected " + expected);
    }
  }
}

package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.image.KeyPackage;
import convoy.data.trust.Hashes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One image for one ECU.
 *
 * @param module the ECU's module, such as BMS
 * @param ecuSerial the ECU's serial number, its identifier in Uptane
 * @param hardwareId the hardware that the image is for
 * @param keyPackage the image's key, sealed for the ECU's certificate ({@link KeyPackage}), in
 *     Base64; null for an ECU of which no certificate is known
 * @param fileName the image's name in both repositories: letters, digits, '.', '_' and '-'
 * @param length the image's length in bytes, 1 or more
 * @param sha256 the image's SHA-256, 64 lower-case hex digits
 * @param sha512 the image's SHA-512, 128 lower-case hex digits
 * @param version the image's version
 * @param releaseCounter grows with each release of an image, 1 or more (Uptane Standard 2.1,
 *     "Custom metadata about images")
 * @param encrypted the encrypted image, which is what is downloaded
 * @param installOrder the place in the order of installation, lowest first, 0 or more
 * @param installGroup ECUs of one number change together or not at all, 0 or more
 */
public record ManifestTarget(
    String module,
    String ecuSerial,
    String hardwareId,
    @Nullable String keyPackage,
    String fileName,
    long length,
    String sha256,
    String sha512,
    String version,
    int releaseCounter,
    EncryptedImage encrypted,
    int installOrder,
    int installGroup) {
  // The name becomes part of a path on the publishing side and in the vehicle.
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

  /**
   * @throws ConvoyException INPUT_REFUSED when a value is outside its range
   */
  public ManifestTarget {
    require(!ecuSerial.isEmpty(), ecuSerial, "ECU serial", ecuSerial, "text");
    require(!module.isEmpty(), ecuSerial, "module", module, "text");
    require(!hardwareId.isEmpty(), ecuSerial, "hardware id", hardwareId, "text");
    requireKeyPackage(ecuSerial, keyPackage);
    require(
        isFileName(fileName),
        ecuSerial,
        "file name",
        fileName,
        "letters, digits, '.', '_' and '-', 200 at most");
    require(length >= 1, ecuSerial, "length", length, "1 byte or more");
    require(Hashes.isHex(sha256, 32), ecuSerial, "sha256", sha256, "64 lower-case hex digits");
    require(Hashes.isHex(sha512, 64), ecuSerial, "sha512", sha512, "128 lower-case hex digits");
    require(!version.isEmpty(), ecuSerial, "version", version, "text");
    require(releaseCounter >= 1, ecuSerial, "release counter", releaseCounter, "1 or more");
    require(
        encrypted.length() >= 1,
        ecuSerial,
        "encrypted length",
        encrypted.length(),
        "1 byte or more");
    require(
        Hashes.isHex(encrypted.sha256(), 32),
        ecuSerial,
        "encrypted sha256",
        encrypted.sha256(),
        "64 lower-case hex digits");
    require(
        Hashes.isHex(encrypted.sha512(), 64),
        ecuSerial,
        "encrypted sha512",
        encrypted.sha512(),
        "128 lower-case hex digits");
    require(!encrypted.uri().isEmpty(), ecuSerial, "uri", encrypted.uri(), "text");
    require(installOrder >= 0, ecuSerial, "install order", installOrder, "0 or more");
    require(installGroup >= 0, ecuSerial, "install group", installGroup, "0 or more");
  }

  /** Whether an image may have this name. */
  public static boolean isFileName(String name) {
    return FILE_NAME.matcher(name).matches();
  }

  /** Whether the other ECU gets the same image in the same way. */
  boolean hasSameImageAs(ManifestTarget other) {
    return forEcu(ecuSerial, hardwareId).equals(other.forEcu(ecuSerial, hardwareId));
  }

  /** What is said of the image, for that ECU; without its key. */
  private ManifestTarget forEcu(String serial, String hardware) {
    return new ManifestTarget(
        module,
        serial,
        hardware,
        null,
        fileName,
        length,
        sha256,
        sha512,
        version,
        releaseCounter,
        encrypted,
        installOrder,
        installGroup);
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

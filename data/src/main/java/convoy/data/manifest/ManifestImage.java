package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.trust.Hashes;
import java.util.regex.Pattern;

/**
 * What a manifest says of one image, for every ECU that gets it.
 *
 * @param module the module that it is for, such as BMS
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
public record ManifestImage(
    String module,
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
  public ManifestImage {
    require(!module.isEmpty(), fileName, "module", module, "text");
    require(
        isFileName(fileName),
        fileName,
        "file name",
        fileName,
        "letters, digits, '.', '_' and '-', 200 at most");
    require(length >= 1, fileName, "length", length, "1 byte or more");
    require(Hashes.isHex(sha256, 32), fileName, "sha256", sha256, "64 lower-case hex digits");
    require(Hashes.isHex(sha512, 64), fileName, "sha512", sha512, "128 lower-case hex digits");
    require(!version.isEmpty(), fileName, "version", version, "text");
    require(releaseCounter >= 1, fileName, "release counter", releaseCounter, "1 or more");
    require(
        encrypted.length() >= 1,
        fileName,
        "encrypted length",
        encrypted.length(),
        "1 byte or more");
    require(
        Hashes.isHex(encrypted.sha256(), 32),
        fileName,
        "encrypted sha256",
        encrypted.sha256(),
        "64 lower-case hex digits");
    require(
        Hashes.isHex(encrypted.sha512(), 64),
        fileName,
        "encrypted sha512",
        encrypted.sha512(),
        "128 lower-case hex digits");
    require(!encrypted.uri().isEmpty(), fileName, "uri", encrypted.uri(), "text");
    require(installOrder >= 0, fileName, "install order", installOrder, "0 or more");
    require(installGroup >= 0, fileName, "install group", installGroup, "0 or more");
  }

  /** Whether an image may have this name. */
  public static boolean isFileName(String name) {
    return FILE_NAME.matcher(name).matches();
  }

  private static void require(
      boolean holds, String image, String what, Object found, String expected) {
    if (!holds) {
      throw new ConvoyException(
          ErrorCode.INPUT_REFUSED,
          "image '" + image + "': " + what + " is '" + found + "', expected " + expected);
    }
  }
}

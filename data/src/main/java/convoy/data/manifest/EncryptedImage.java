package convoy.data.manifest;

/**
 * The file that a vehicle downloads: the image in its encrypted form.
 *
 * @param length its length in bytes
 * @param sha256 its SHA-256, 64 lower-case hex digits
 * @param sha512 its SHA-512, 128 lower-case hex digits
 * @param uri where it can be downloaded
 */
public record EncryptedImage(long length, String sha256, String sha512, String uri) {

  /**
   * The name under which it is published. Its own hash leads (TUF specification 1.0.34, section
   * 6.2), so that an image that had to be encrypted anew stands beside the one that manifests name
   * already.
   *
   * @param sha256 of the encrypted file
   * @param image the image's file name in its update
   */
  public static String fileName(String sha256, String image) {
    return sha256 + "." + image + ".cms";
  }
}

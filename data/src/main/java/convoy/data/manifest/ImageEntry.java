package convoy.data.manifest;

import convoy.data.error.ConvoyException;
import convoy.data.io.FileDigest;
import convoy.data.trust.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the image repository says of one image. Everything but the module is what a Director's entry
 * must have too (Uptane Standard 2.1, "Custom metadata about images" and full verification).
 *
 * @param module the module that it is for, such as BMS
 * @param version the image's version
 * @param releaseCounter grows with each release of an image for its module, 1 or more
 * @param hardwareIds the hardware that it is for; empty for any of the module
 * @param clear length and hashes of the image
 * @param encrypted length and hashes of the file that is downloaded
 */
public record ImageEntry(
    String module,
    String version,
    int releaseCounter,
    List<String> hardwareIds,
    FileDigest clear,
    FileDigest encrypted) {

  public ImageEntry {
    hardwareIds = hardwareIds.stream().sorted().toList();
  }

  /**
   * The image's name in both repositories. It stands for one release: an image that is released
   * once more, or under a file name that another update uses, has a name of its own.
   *
   * @param fileName the image's file name in its update
   */
  public static String name(String module, int releaseCounter, String fileName) {
    return module + "." + releaseCounter + "." + fileName;
  }

  Map<String, Object> content() {
    Map<String, Object> content = content(clear);
    content.put(
        "custom",
        Map.of(
            "module", module,
            "version", version,
            "releaseCounter", releaseCounter,
            "hardwareIds", hardwareIds,
            "encrypted", content(encrypted)));
    return content;
  }

  private static Map<String, Object> content(FileDigest file) {
    return ImageDigest.content(file.length(), file.sha256(), file.sha512());
  }

  static ImageEntry read(Fields entry) {
    Fields custom = entry.object("custom");
    List<String> hardwareIds = new ArrayList<>();
    for (Object id : custom.list("hardwareIds")) {
      if (!(id instanceof String text) || text.isEmpty()) {
        throw custom.refused("hardwareIds", "a list of texts");
      }
      hardwareIds.add(text);
    }
    return new ImageEntry(
        custom.text("module"),
        custom.text("version"),
        custom.smallInteger("releaseCounter", 1),
        hardwareIds,
        ImageDigest.read(entry),
        ImageDigest.read(custom.object("encrypted")));
  }

  /**
   * Checks that a Director's entry says the same (Uptane Standard 2.1, full verification, step
   * 10.2).
   *
   * @throws ConvoyException NOT_TRUSTED when it does not
   */
  void requireMatch(String where, ManifestTarget target) {
    ManifestImage image = target.image();
    EncryptedImage download = image.encrypted();
    same(where, target, "length", image.length(), clear.length());
    same(where, target, "SHA-256", image.sha256(), clear.sha256());
    same(where, target, "SHA-512", image.sha512(), clear.sha512());
    same(where, target, "length of the encrypted image", download.length(), encrypted.length());
    same(where, target, "SHA-256 of the encrypted image", download.sha256(), encrypted.sha256());
    same(where, target, "SHA-512 of the encrypted image", download.sha512(), encrypted.sha512());
    if (!hardwareIds.isEmpty() && !hardwareIds.contains(target.hardwareId())) {
      throw refused(where, target, "hardware id", target.hardwareId(), "one of " + hardwareIds);
    }
    same(where, target, "release counter", image.releaseCounter(), releaseCounter);
    same(where, target, "version", image.version(), version);
    same(where, target, "module", image.module(), module);
  }

  private static void same(
      String where, ManifestTarget target, String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      throw refused(where, target, what, found, "" + expected);
    }
  }

  private static ConvoyException refused(
      String where, ManifestTarget target, String what, Object found, String expected) {
    return Metadata.untrusted(
        "%s: image %s for ECU '%s': the Director says %s %s, expected %s as the image repository has it"
            .formatted(
                where, target.image().fileName(), target.ecuSerial(), what, found, expected));
  }
}

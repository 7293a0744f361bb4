package convoy.jobs.simulate;

import convoy.data.error.ConvoyException;
import convoy.data.image.ImageCipher;
import convoy.data.image.ImageKey;
import convoy.data.image.KeyPackage;
import convoy.data.io.FileDigest;
import convoy.data.io.RunningDigest;
import convoy.data.manifest.EncryptedImage;
import convoy.data.manifest.ManifestTarget;
import convoy.jobs.simulate.EcuKeys.EcuKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an ECU does with its key package and the encrypted image (docs/formats/update-manifest.md,
 * "Images" and "Key packages"): compares length and hashes of what it downloaded with those that
 * the manifest names. Where the simulator has its private key, it opens the package, decrypts the
 * image with what comes out, and compares that too.
 */
final class ImageOpening {
  private final EcuKeys keys;
  private final Function<EncryptedImage, Path> downloaded;

  /** By SHA-256, whether the file of an encrypted image is the one of that name. */
  private final Map<String, Boolean> whole = new HashMap<>();

  private final Map<Opened, FileDigest> opened = new HashMap<>();
  private int packages;

  /** One encrypted image under one key: the same for every ECU that gets both. */
  private record Opened(String encryptedSha256, String keyId) {}

  /**
   * An ECU that installs nothing.
   *
   * @param fault what it reports
   * @param reason what it found, for people
   */
  record Refusal(ManifestTarget target, Fault fault, String reason) {}

  /**
   * @param downloaded where the file of an encrypted image lies; it need not be there
   */
  ImageOpening(EcuKeys keys, Function<EncryptedImage, Path> downloaded) {
    this.keys = keys;
    this.downloaded = downloaded;
  }

  /** How many packages were opened, and the images with them. */
  int packages() {
    return packages;
  }

  /** The first of these ECUs that cannot use its image; empty when there is none. */
  Optional<Refusal> refusal(List<ManifestTarget> targets) throws IOException {
    for (ManifestTarget target : targets) {
      if (!isWhole(target.image().encrypted())) {
        return Optional.of(
            new Refusal(
                target,
                Fault.VERIFY_FAILED,
                "image %s is not the one that the manifest names"
                    .formatted(target.image().fileName())));
      }
      String sealed = target.keyPackage();
      Optional<EcuKey> key = sealed == null ? Optional.empty() : keys.of(target.ecuSerial());
      if (sealed != null && key.isPresent()) {
        Refusal refusal = open(target, Base64.getDecoder().decode(sealed), key.get());
        if (refusal != null) {
          return Optional.of(refusal);
        }
        packages++;
      }
    }
    return Optional.empty();
  }

  private boolean isWhole(EncryptedImage image) throws IOException {
    Boolean known = whole.get(image.sha256());
    if (known == null) {
      Path file = downloaded.apply(image);
      known =
          Files.isRegularFile(file)
              && FileDigest.of(file)
                  .equals(new FileDigest(image.length(), image.sha256(), image.sha512()));
      whole.put(image.sha256(), known);
    }
    return known;
  }

  private @Nullable Refusal open(ManifestTarget target, byte[] sealed, EcuKey ecu)
      throws IOException {
    FileDigest image;
    try {
      image =
          decrypt(
              target.image().encrypted(),
              KeyPackage.open(sealed, ecu.certificate(), ecu.privateKey()));
    } catch (ConvoyException e) {
      return new Refusal(target, Fault.KEY_PACKAGE_REFUSED, "key package: " + e.getMessage());
    }
    FileDigest named =
        new FileDigest(target.image().length(), target.image().sha256(), target.image().sha512());
    return image.equals(named)
        ? null
        : new Refusal(
            target,
            Fault.VERIFY_FAILED,
            "image opened: found %,d bytes with SHA-256 %s, expected %,d with %s"
                .formatted(image.length(), image.sha256(), named.length(), named.sha256()));
  }

  private FileDigest decrypt(EncryptedImage image, ImageKey key) throws IOException {
    Opened which = new Opened(image.sha256(), key.id());
    FileDigest known = opened.get(which);
    if (known == null) {
      RunningDigest digest = new RunningDigest();
      try (InputStream in = Files.newInputStream(downloaded.apply(image))) {
        ImageCipher.decrypt(in, digest.writing(), key);
      }
      known = digest.result();
      opened.put(which, known);
    }
    return known;
  }
}

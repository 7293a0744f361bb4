package convoy.data.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import convoy.data.campaign.Notification;
import convoy.data.campaign.OwnerConsent;
import convoy.data.campaign.OwnerTerms;
import convoy.data.image.ImageKey;
import convoy.data.image.KeySealer;
import convoy.data.image.RecipientCertificate;
import convoy.data.io.FileDigest;
import convoy.data.trust.Hashes;
import convoy.data.trust.RoleKeys;
import convoy.data.trust.SignedDocument;
import convoy.data.trust.SigningKey;
import convoy.data.update.Battery;
import convoy.data.update.Preconditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A vehicle with two ECUs, and a Director whose keys are the same in every run. */
final class ManifestFixtures {
  static final String VIN = "WVWZZZ1KZAW000001";
  static final Instant ISSUED = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant EXPIRES = Instant.parse("2026-03-15T12:00:00Z");
  static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  static final Instant ROOT_EXPIRES = Instant.parse("2036-03-01T00:00:00Z");
  static final DirectorKeys KEYS = new DirectorKeys(key(2), key(3), key(4));
  static final byte[] ROOT = root(Repository.DIRECTOR, 1);

  /** The worked example of docs/formats/update-manifest.md. */
  static final Path EXAMPLE = Path.of("../docs/formats/update-manifest");

  static final ImageKey IMAGE_KEY = new ImageKey("0f".repeat(32));

  static final OwnerTerms OWNER =
      new OwnerTerms(
          new OwnerConsent(OwnerConsent.Mode.FORCED_AFTER, Instant.parse("2026-03-08T12:00:00Z")),
          new Notification(
              "en",
              Map.of(
                  "de",
                  new Notification.Text(
                      "Batteriesteuerung", "Bitte abstellen.\nDauert 25 Minuten."),
                  "en",
                  new Notification.Text("Battery control", "Please park.\nTakes 25 minutes."))));

  private ManifestFixtures() {}

  static SigningKey key(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return SigningKey.ofSeed(bytes);
  }

  /** A first root whose four keys have this seed and the following ones. */
  static byte[] root(Repository repository, int seed) {
    Map<KeyRole, RoleKeys> roles = new EnumMap<>(KeyRole.class);
    int next = seed;
    for (KeyRole role : KeyRole.of(repository)) {
      roles.put(role, RootMetadata.roleKeys(role, 1, List.of(key(next).publicKey())));
      next++;
    }
    RootMetadata root = RootMetadata.first(roles, ROOT_EXPIRES);
    return SignedDocument.sign(root.content(), List.of(key(seed)));
  }

  static ManifestTarget target(String module, String serial, int installOrder) {
    String file = module.toLowerCase(Locale.ROOT) + "-2.1.0.bin";
    return new ManifestTarget(
        serial,
        module + "-HW3",
        null,
        new ManifestImage(
            module,
            ImageEntry.name(module, 7, file),
            1_048_576,
            Hashes.sha256(file.getBytes(UTF_8)),
            Hashes.sha512(file.getBytes(UTF_8)),
            "2.1.0",
            7,
            encrypted(file),
            installOrder,
            installOrder));
  }

  /** What the image repository says of the images of these targets. */
  static SortedMap<String, ImageEntry> images(ManifestTarget... targets) {
    SortedMap<String, ImageEntry> images = new TreeMap<>();
    for (ManifestTarget target : targets) {
      ManifestImage image = target.image();
      EncryptedImage encrypted = image.encrypted();
      images.put(
          image.fileName(),
          new ImageEntry(
              image.module(),
              image.version(),
              image.releaseCounter(),
              List.of(target.hardwareId(), image.module() + "-HW4"),
              new FileDigest(image.length(), image.sha256(), image.sha512()),
              new FileDigest(encrypted.length(), encrypted.sha256(), encrypted.sha512())));
    }
    return images;
  }

  /** 1 MiB in encrypted form. */
  private static EncryptedImage encrypted(String file) {
    byte[] bytes = (file + ", encrypted").getBytes(UTF_8);
    String sha256 = Hashes.sha256(bytes);
    return new EncryptedImage(
        1_048_853,
        sha256,
        Hashes.sha512(bytes),
        "https://images.example/" + EncryptedImage.fileName(sha256, file));
  }

  static ManifestRequest request(long version, ManifestTarget... targets) {
    return new ManifestRequest(
        VIN,
        version,
        "bms-2026",
        1,
        1,
        "bms-2026/" + VIN + "/1",
        ISSUED,
        EXPIRES,
        new Preconditions(true, new Battery(50), Duration.ofMinutes(25)),
        OWNER,
        List.of(targets),
        List.of());
  }

  static ManifestRequest request() {
    return request(7, certified(), target("TCU", "TCU-0002", 2));
  }

  /** The ECU whose certificate lies beside the format page. */
  static ManifestTarget certified() {
    try {
      String pem = Files.readString(EXAMPLE.resolve("ecu/BMS-0001.crt.pem"));
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      byte[] sealed = new KeySealer(IMAGE_KEY).seal(RecipientCertificate.of(der));
      ManifestTarget bms = target("BMS", "BMS-0001", 1);
      return withPackage(bms, Base64.getEncoder().encodeToString(sealed));
    } catch (IOException | RecipientCertificate.Unusable e) {
      throw new IllegalStateException(e);
    }
  }

  static ManifestTarget withPackage(ManifestTarget target, String keyPackage) {
    return new ManifestTarget(target.ecuSerial(), target.hardwareId(), keyPackage, target.image());
  }
}

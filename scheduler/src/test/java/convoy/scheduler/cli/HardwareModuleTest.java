package convoy.scheduler.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.ConvoySettings;
import convoy.config.Home;
import convoy.data.io.FileDigest;
import convoy.data.manifest.KeyRole;
import convoy.data.manifest.RootChain;
import convoy.data.trust.PublicKey;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import convoy.readers.manifest.ShardReader;
import convoy.scheduler.launch.Console;
import convoy.scheduler.launch.ConvoyContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Keys in a hardware module, which SoftHSM stands for. */
class HardwareModuleTest extends CommandTest {
  private static final String MEDIA = "infotainment-2026-12";
  private static final String SHARDS = "outbox/director/campaign=" + MEDIA + "/wave=1";
  private static final Instant EXPORTED = Instant.parse("2026-11-20T22:00:00Z");

  @TempDir static Path tokens;

  private static SoftHsm module;
  private static long slot;
  private static long otherSlot;

  private Path home;

  @BeforeAll
  static void makeKeys() throws Exception {
    module = SoftHsm.require(tokens);
    slot = module.token("director");
    otherSlot = module.token("other");
    module.makeKey(slot, "director-targets", "secp256r1", 730);
    module.makeKey(slot, "image-timestamp", "secp256r1", 30);
    module.makeKey(slot, "p-384", "secp384r1", 730);
  }

  private void install() throws IOException {
    home = folder.resolve("home");
    assertThat(run("init").status()).isZero();
    Path inbox = new Home(home).inboxManufacturing();
    SampleData.write(inbox, new SampleSpec(7, 60, 0, EXPORTED));
    try (Stream<Path> files = Files.list(inbox)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(EXPORTED));
      }
    }
    SampleData.writeDefinitions(home, 7);
    assertThat(run("nightly").err()).isEmpty();
    assertThat(run("update", "sign", "infotainment-gateway", "5.5.0").status()).isZero();
    assertThat(run("campaign", "submit", MEDIA, "--by", "bob").status()).isZero();
    assertThat(run("campaign", "approve", MEDIA).status()).isZero();
  }

  /** Settings with a small shard, and the module at that slot. */
  private void settings(Path library, long number) throws IOException {
    Files.writeString(
        home.resolve("convoy.yaml"),
        """
        operator: alice
        manifests: { chunk-vehicles: 1 }
        keys: { pkcs11: { library: %s, slot: %d } }
        """
            .formatted(library, number));
  }

  private void pin(String pin) throws IOException {
    Path file = home.resolve("keys/pkcs11.pin");
    Files.writeString(file, pin + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void keysOfAModuleSignUnattendedAndWithoutItNothingIsIssued() throws Exception {
    install();
    aKeyThatCannotBeTakenIsRefused();

    settings(module.library(), slot);
    pin(SoftHsm.PIN);
    assertThat(run("keys", "rotate", "director-targets", "--pkcs11", "director-targets").out())
        .endsWith("version 2 of the root of the Director is in effect\n");
    assertThat(run("keys", "rotate", "image-timestamp", "--pkcs11", "image-timestamp").out())
        .endsWith("version 2 of the root of the image repository is in effect\n");
    assertThat(run("keys", "list").out())
        .containsPattern(
            "director-targets +\\S+ P-256 in the hardware module as 'director-targets',")
        .containsPattern("\n {22}\\S+ in the home, until \\S+\n")
        .containsPattern(
            "image-timestamp +\\S+ P-256 in the hardware module as 'image-timestamp', until \\S+\n")
        .containsPattern("warning: key \\S+ of image-timestamp runs out at \\S+: ");

    // The second key of a role that is in the module already.
    assertThat(run("keys", "rotate", "director-targets", "--pkcs11", "director-targets").err())
        .matches("convoy: key \\S+: found it in the role targets already, expected a new key\n");

    aRunThatWasCutOffOrLostTheModuleIsGoneOnWith();
    Path shard = home.resolve(SHARDS).resolve("shard-00000.zip");
    assertTheJdkVerifiesTheTargets(shard);

    settings(module.library(), 99);
    Ended without = run("urgent", MEDIA);
    assertThat(without.out())
        .contains(
            "nothing is issued: slot 99 of %s: found no token that opens, expected one with a PIN: CKR_SLOT_ID_INVALID"
                .formatted(module.library()));
    assertThat(without.status()).isEqualTo(6);
    // A key in the home ends that, as does the module's return.
    assertThat(run("keys", "rotate", "director-targets", "--scheme", "ecdsa-sha2-nistp256").out())
        .endsWith("version 3 of the root of the Director is in effect\n");
  }

  /**
   * The first run fails between a shard's file and its record: signed again, the shard would have
   * other bytes. From the second one the module goes away.
   */
  private void aRunThatWasCutOffOrLostTheModuleIsGoneOnWith() throws Exception {
    Ended cutOff =
        urgentUntil(
            "shard-00000.zip",
            () -> {
              throw new IllegalStateException("cut off");
            });
    assertThat(cutOff.out()).contains(MEDIA + ": 12 manifests to issue\n");
    assertThat(cutOff.err()).contains("issueManifests failed: ").contains("cut off");
    assertThat(cutOff.status()).isEqualTo(1);
    Map<Path, String> first = shards();
    assertThat(first).hasSize(1);

    Ended lost = urgentUntil("shard-00002.zip", this::loseTheModule);
    assertThat(lost.out())
        .contains(MEDIA + ": wave 1 shard 0 stood in the outbox and is recorded as issued\n");
    assertThat(lost.err())
        .contains(
            "slot %d of %s: key 'director-targets' does not sign: CKR_"
                .formatted(slot, module.library()));
    assertThat(lost.status()).isEqualTo(1);
    Map<Path, String> before = shards();
    assertThat(before).hasSizeBetween(3, 11).containsAllEntriesOf(first);

    Ended rest = run("urgent", MEDIA);
    assertThat(rest.out()).doesNotContain("stood in the outbox");
    assertThat(rest.status()).isZero();
    Map<Path, String> all = shards();
    assertThat(all).hasSize(12).containsAllEntriesOf(before);
    Map<String, Path> vehicles = new TreeMap<>();
    for (Path shard : all.keySet()) {
      assertThat(runWithoutHome("manifest", "verify", shard.toString()).out())
          .contains(": 1 manifests, each signed, for its own vehicle, and as the image repository");
      try (ShardReader reader = ShardReader.open(shard)) {
        reader.forEach(bundle -> assertThat(vehicles.put(bundle.vin(), shard)).isNull());
      }
    }
    assertThat(vehicles).hasSize(12);
    assertThat(run("audit", "verify").status()).isZero();
  }

  /**
   * Runs the campaign; the act comes when the clock is next looked at after that shard is there.
   */
  private Ended urgentUntil(String shard, Runnable act) {
    Path file = home.resolve(SHARDS).resolve(shard);
    AtomicBoolean isOver = new AtomicBoolean();
    InstantSource clock =
        () -> {
          if (Files.exists(file) && !isOver.getAndSet(true)) {
            act.run();
          }
          return Instant.now();
        };
    Told told = new Told();
    ConvoySettings settings = ConvoySettings.load(home.resolve("convoy.yaml"));
    try (ConvoyContext context =
        new ConvoyContext(
            new Home(home), settings, clock.withZone(ZoneOffset.UTC), told, "alice")) {
      int status = RunEnding.exitStatus(context.runs().urgent(MEDIA), told);
      return new Ended(status, told.lines.toString(), told.problems.toString());
    }
  }

  private static final class Told implements Console {
    private final StringBuilder lines = new StringBuilder();
    private final StringBuilder problems = new StringBuilder();

    @Override
    public void line(String text) {
      lines.append(text).append('\n');
    }

    @Override
    public void problem(String text) {
      problems.append(text).append('\n');
    }

    @Override
    public boolean isTerminal() {
      return false;
    }
  }

  /** Logs the whole process out of the token, as a module that starts anew does. */
  private void loseTheModule() {
    AuthProvider provider =
        (AuthProvider)
            Security.getProvider("SunPKCS11")
                .configure(
                    "--name = away\nlibrary = %s\nslot = %d\n".formatted(module.library(), slot));
    try {
      provider.logout();
    } catch (LoginException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The shards of the campaign, with their hashes. */
  private Map<Path, String> shards() throws IOException {
    Map<Path, String> shards = new TreeMap<>();
    try (Stream<Path> files = Files.list(home.resolve(SHARDS))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".zip")).toList()) {
        shards.put(file, FileDigest.sha256(file));
      }
    }
    return shards;
  }

  @Test
  void aHomeBeginsWithKeysOfAModule() throws Exception {
    home = folder.resolve("home");
    assertThat(run("init").status()).isZero();
    for (String keys : new String[] {"director", "image-repository"}) {
      FileSystemUtils.deleteRecursively(home.resolve("keys").resolve(keys));
    }
    settings(module.library(), slot);
    pin(SoftHsm.PIN);
    String where = "slot %d of %s: ".formatted(slot, module.library());
    notBegun(
        6,
        where
            + "found no key 'other' with a certificate, expected one of [director-targets, image-timestamp, p-384]",
        "director-targets=other");
    notBegun(
        2,
        "--pkcs11: people sign for image-targets, expected a role that signs unattended, such as"
            + " director-targets",
        "image-targets=director-targets");
    Ended shared =
        run(
            "keys",
            "init",
            "--pkcs11",
            "director-targets=director-targets",
            "--pkcs11",
            "image-timestamp=director-targets");
    assertThat(shared.status()).isEqualTo(6);
    assertThat(shared.err())
        .matches(
            "convoy: the Director and the image repository share key [0-9a-f]{12}…: the targets role"
                + " and the timestamp role have it, expected keys of their own\n");
    assertThat(home.resolve("keys/director")).doesNotExist();

    assertThat(
            run(
                    "keys",
                    "init",
                    "--pkcs11",
                    "director-targets=director-targets",
                    "--pkcs11",
                    "image-timestamp=image-timestamp")
                .out())
        .startsWith("made keys and roots of the Director and the image repository; ");
    assertThat(run("keys", "list").out())
        .startsWith("the Director: root 1, until ")
        .containsPattern(
            "director-targets +\\S+ P-256 in the hardware module as 'director-targets', until")
        .containsPattern("director-snapshot +\\S+ in the home, until")
        .containsPattern(
            "image-timestamp +\\S+ P-256 in the hardware module as 'image-timestamp', until");
    try (Stream<Path> files = Files.list(home.resolve("keys/director"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.startsWith("targets-"))
          .contains("1.root.json")
          .hasSize(4);
    }
  }

  private void notBegun(int status, String message, String key) {
    Ended ended = run("keys", "init", "--pkcs11", key);
    assertThat(ended.err()).isEqualTo("convoy: " + message + "\n");
    assertThat(ended.status()).isEqualTo(status);
    assertThat(home.resolve("keys/director")).doesNotExist();
    assertThat(home.resolve("keys/image-repository")).doesNotExist();
  }

  private void aKeyThatCannotBeTakenIsRefused() throws IOException {
    refused(
        "director-targets",
        "director-targets",
        3,
        "convoy.yaml: found no library under keys.pkcs11, expected the hardware module's");
    refused(
        "director-root",
        "director-targets",
        2,
        "--pkcs11: people sign for director-root, expected a role that signs unattended, such as"
            + " director-targets");
    Path none = Path.of("/none/lib.so");
    Path pin = home.resolve("keys/pkcs11.pin");
    settings(module.library(), otherSlot);
    refused("director-targets", "a", 6, pin + ": no such file, expected a password");
    pin("wrong-pin");
    refused(
        "director-targets",
        "a",
        6,
        "slot %d of %s: the PIN in %s does not open its token"
            .formatted(otherSlot, module.library(), pin));
    pin(SoftHsm.PIN);
    settings(none, slot);
    refused(
        "director-targets",
        "a",
        6,
        "slot %d of %s: no such file, expected the module's PKCS#11 library".formatted(slot, none));
    settings(module.library(), slot);
    refused(
        "director-targets",
        "director-target",
        6,
        "slot %d of %s: found no key 'director-target' with a certificate, expected one of [director-targets, image-timestamp, p-384]"
            .formatted(slot, module.library()));
    refused(
        "director-targets",
        "p-384",
        6,
        "slot %d of %s: key 'p-384': found a key on curve 1.3.132.0.34, expected Ed25519 (1.3.101.112) or P-256 (1.2.840.10045.3.1.7)"
            .formatted(slot, module.library()));
    Ended both = run("keys", "rotate", "director-targets", "--pkcs11", "a", "--scheme", "ed25519");
    assertThat(both.err())
        .isEqualTo(
            "convoy: --scheme: found --pkcs11 beside it, expected none: the key is there already\n");
  }

  private void refused(String role, String label, int status, String message) {
    Ended ended = run("keys", "rotate", role, "--pkcs11", label);
    assertThat(ended.err()).isEqualTo("convoy: " + message + "\n");
    assertThat(ended.status()).isEqualTo(status);
    assertThat(home.resolve("keys/director/2.root.json")).doesNotExist();
  }

  private void assertTheJdkVerifiesTheTargets(Path shard)
      throws IOException, GeneralSecurityException {
    Path unpacked = folder.resolve("unpacked");
    assertThat(runWithoutHome("manifest", "unpack", shard.toString(), unpacked.toString()).status())
        .isZero();
    String file;
    try (Stream<Path> files = Files.walk(unpacked)) {
      file =
          Files.readString(
              files.filter(f -> f.toString().endsWith(".targets.json")).findFirst().orElseThrow());
    }
    PublicKey key =
        RootChain.latest(home.resolve("outbox/director"))
            .keys(KeyRole.DIRECTOR_TARGETS)
            .keys()
            .values()
            .iterator()
            .next();
    String head = "{\"signatures\":[{\"keyid\":\"%s\",\"sig\":\"".formatted(key.keyid());
    assertThat(file).startsWith(head);
    String sig = file.substring(head.length(), file.indexOf("\"}],\"signed\":"));
    String pem = key.toPem().replaceAll("-----[A-Z ]+-----|\n", "");
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem))));
    // The file is canonical as a whole.
    verifier.update(
        file.substring(file.indexOf("\"signed\":") + "\"signed\":".length(), file.length() - 1)
            .getBytes(UTF_8));
    assertThat(verifier.verify(HexFormat.of().parseHex(sig))).isTrue();
  }
}

package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.manifest.KeyRole;
import convoy.data.manifest.Repository;
import convoy.data.manifest.RootChain;
import convoy.data.trust.SignedDocument;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of the repositories through the commands, with keys in files. */
class KeysCommandTest extends CommandTest {
  private static final String ID = "[0-9a-f]{12}…";

  @TempDir static Path made;

  private Path home;

  @BeforeAll
  static void init() {
    assertThat(runWithoutHome("init", "--home", made.resolve("home").toString()).out())
        .contains("under the password in keys/online.password");
  }

  @BeforeEach
  void copy() throws IOException {
    home = folder.resolve("home");
    try (Stream<Path> files = Files.walk(made.resolve("home"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, folder.resolve(made.relativize(file).toString()));
      }
    }
  }

  @Test
  void allKeysOfATrialHomeAreListed() throws IOException {
    assertThat(run("keys", "list").out())
        .matches(
            """
            the Director: root 1, until \\S+
              director-root       ID in the home, until \\S+
              director-targets    ID in the home, until \\S+
              director-snapshot   ID in the home, until \\S+
              director-timestamp  ID in the home, until \\S+
            the image repository: root 1, until \\S+
              image-root          ID in the home, until \\S+
              image-targets       ID in the home, until \\S+
              image-snapshot      ID in the home, until \\S+
              image-timestamp     ID in the home, until \\S+
            the list of images: image/timestamp.json: missing, expected this file
            """
                .replace("ID", ID));
    assertRefused(
        run("keys", "init"),
        2,
        home.resolve("keys/director") + ": found keys already, which are left as they are");
    Files.setPosixFilePermissions(
        home.resolve("keys/online.password"), PosixFilePermissions.fromString("rw-r-----"));
    assertRefused(
        run("keys", "list"),
        6,
        home.resolve("keys/online.password")
            + ": permissions are rw-r-----, expected rw------- (chmod 600): a password is for its"
            + " owner alone");
  }

  @Test
  void anOnlineKeyIsRotatedAndItsFormerOneRetired() throws IOException {
    String former = keyid(KeyRole.DIRECTOR_TARGETS);
    assertThat(run("keys", "rotate", "director-targets").out())
        .matches(
            "targets: new key %s\nholds until \\S+\nversion 2 of the root of the Director is in effect\n"
                .formatted(ID));
    assertThat(keyid(KeyRole.DIRECTOR_TARGETS)).isNotEqualTo(former);
    assertThat(run("keys", "list").out()).contains(former);
    assertThat(home.resolve("outbox/director/1.root.json")).exists();
    assertThat(RootChain.latest(home.resolve("outbox/director")).version()).isEqualTo(2);

    assertThat(run("keys", "retire", "director-targets", former.substring(0, 12)).out())
        .contains("targets: key " + former)
        .endsWith("version 3 of the root of the Director is in effect\n");
    assertThat(run("keys", "list").out()).doesNotContain(former);
    assertThat(run("keys", "renew", "director-root").out())
        .matches("holds until \\S+\nversion 4 of the root of the Director is in effect\n");
    assertThat(run("audit", "list").out()).contains("METADATA_PUBLISHED").contains("4.root.json");
    Set<Path> files = files(home.resolve("keys/director"));
    assertRefused(
        run("keys", "rotate", "director-root", "--threshold", "2"),
        2,
        "threshold 2: expected 1 for director-root");
    Ended other = run("keys", "rotate", "director-targets", "--root-key", key("ann").toString());
    assertThat(other.err())
        .matches(
            "convoy: --root-key: found key %s, expected one of the present or of the next root\n"
                .formatted(ID));
    assertThat(other.status()).isEqualTo(6);
    assertThat(files(home.resolve("keys/director"))).isEqualTo(files);
    assertRefused(
        run("keys", "rotate", "director-targets", "--public-key", "none.pub.pem"),
        2,
        "--public-key: director-targets signs unattended, expected a key that is made in the home,"
            + " or --pkcs11");
    assertRefused(
        run("keys", "rotate", "director-target"),
        2,
        "role 'director-target': found none of that name, expected one such as"
            + " 'director-targets'");
  }

  @Test
  void aListOfImagesIsExportedWithTheSignatureOfThePresentKeyAlone() throws IOException {
    run("keys", "rotate", "image-targets");
    Path list = folder.resolve("list.json");
    assertThat(run("keys", "export", "image-targets", "--to", list.toString()).status()).isZero();
    assertThat(SignedDocument.parse(Files.readAllBytes(list), "list.json").signatures())
        .extracting(signature -> signature.keyid().substring(0, 12) + "…")
        .containsExactly(keyid(KeyRole.IMAGE_TARGETS));
  }

  @Test
  void aCompromisedRootKeyIsTakenOutAndSignsNoFurtherRoot() throws IOException {
    String former = keyid(KeyRole.DIRECTOR_ROOT);
    assertRefused(
        run("keys", "rotate", "director-root", "--compromised"),
        2,
        "--compromised: expected --reason TEXT beside it");
    assertThat(
            run("keys", "rotate", "director-root", "--compromised", "--reason", "laptop stolen")
                .out())
        .matches(
            "root: key %s taken out\nroot: new key %s\nholds until \\S+\nversion 2 of the root of the Director is in effect\n"
                .formatted(former, ID));
    assertThat(run("keys", "list").out()).doesNotContain(former);
    assertThat(RootChain.latest(home.resolve("outbox/director")).version()).isEqualTo(2);
    assertThat(run("audit", "list").out()).contains("laptop stolen");

    Path stolen = home.resolve("keys/director/root-%s.p12".formatted(former.substring(0, 12)));
    Path present =
        home.resolve(
            "keys/director/root-%s.p12".formatted(keyid(KeyRole.DIRECTOR_ROOT).substring(0, 12)));
    String password = home.resolve("keys/online.password").toString();
    assertRefused(
        run(
            "keys",
            "renew",
            "director-root",
            "--root-key",
            stolen.toString(),
            "--root-password-file",
            password),
        6,
        "--root-key: found key %s, expected one of the present or of the next root"
            .formatted(former));
    Files.move(present, folder.resolve("present.p12"));
    assertThat(run("keys", "renew", "director-root").out())
        .contains(
            "version 3 of the root of the Director waits for signatures, of 1 keys of version 2 and 1 of its own, and has 0: ");
  }

  /** The root is in effect all the same, and the command says so. */
  @Test
  void aRootTakesEffectAlsoWhereTheListOfImagesCannotBeSignedAnew() throws IOException {
    warnBefore("P4000D");
    assertTheNightItsReportAndTheListWarnOfTheSame();
    String snapshot = keyid(KeyRole.IMAGE_SNAPSHOT);
    Files.delete(online(KeyRole.IMAGE_SNAPSHOT));
    Ended rotated =
        run("keys", "rotate", "image-timestamp", "--compromised", "--reason", "laptop stolen");
    assertThat(rotated.out())
        .contains(
            """
            version 2 of the root of the image repository is in effect
            the image repository is not signed anew yet: %s: found no key of image-snapshot, expected one of [%s], which 2.root.json lists
            """
                .formatted(home.resolve("keys/image-repository"), snapshot));
    assertThat(rotated.status()).isZero();
    assertThat(run("keys", "rotate", "image-snapshot").out())
        .endsWith("version 3 of the root of the image repository is in effect\n");
    assertThat(run("keys", "list").out())
        .contains("the list of images: version 1, 0 images, until ");
  }

  /** The procedure of docs/keys.md. */
  @Test
  void aCompromisedKeyIsTakenOutAtOnce() throws IOException {
    String former = keyid(KeyRole.IMAGE_TIMESTAMP);
    assertThat(run("nightly").status()).isZero();
    assertRefused(
        run("keys", "rotate", "image-timestamp", "--compromised"),
        2,
        "--compromised: expected --reason TEXT beside it");
    assertThat(
            run("keys", "rotate", "image-timestamp", "--compromised", "--reason", "laptop stolen")
                .out())
        .contains("timestamp: key " + former)
        .contains("version 2 of the root of the image repository is in effect\n")
        .endsWith("once in effect, nothing is taken any more that the former keys signed\n");
    // What the former key had signed was signed anew.
    assertThat(home.resolve("outbox/image/2.snapshot.json")).exists();
    assertThat(run("keys", "list").out())
        .doesNotContain(former)
        .contains("the list of images: version 1, 0 images, until ");
    assertThat(run("audit", "list").out()).contains("laptop stolen");

    warnBefore("P400D");
    assertThat(run("keys", "list").out())
        .containsPattern(
            "\nwarning: the image repository's targets run out at \\S+: ./convoy keys export image-targets\n");
  }

  @Test
  void rootAndImageTargetsAreSignedElsewhere() throws IOException {
    Path ann = key("ann");
    Path ben = key("ben");
    String trial = keyid(KeyRole.IMAGE_TARGETS);

    // Two people from now on sign the root; the trial key in the home signs this once more.
    assertThat(
            run(
                    "keys",
                    "rotate",
                    "image-root",
                    "--threshold",
                    "2",
                    "--public-key",
                    publicHalf(ann),
                    "--public-key",
                    publicHalf(ben),
                    "--reason",
                    "trial is over soon")
                .out())
        .contains("root: 2 must sign instead of 1\n")
        .contains(
            "version 2 of the root of the image repository waits for signatures, of 1 keys of"
                + " version 1 and 2 of its own, and has 1: ./convoy keys export image-root\n");
    assertThat(run("audit", "list").out())
        .containsPattern(
            "METADATA_PROPOSED +image/2\\.root\\.json  [0-9a-f]{64} root: 2 must sign instead of 1; .*; trial is over soon");
    assertRefused(
        run("keys", "renew", "image-root"),
        2,
        home.resolve("keys/image-repository/2.root.json.waiting")
            + " waits for signatures: ./convoy keys export image-root, deleting the file drops it");
    Path root = folder.resolve("2.root.json");
    assertThat(run("keys", "export", "image-root", "--to", root.toString()).out())
        .contains("root, version 2, until ")
        .contains("./convoy keys take image-root " + root);
    assertThat(sign(root, ann)).contains("it has 2 signatures");
    assertThat(run("keys", "take", "image-root", root.toString()).err())
        .startsWith("convoy: " + root + ": signed by 1 keys of the root role, expected 2: key ");
    assertThat(home.resolve("keys/image-repository/2.root.json")).doesNotExist();
    assertThat(sign(root, ben)).contains("it has 3 signatures");
    assertThat(run("keys", "take", "image-root", root.toString()).out())
        .endsWith("version 2 of the root of the image repository is in effect\n");

    Ended shared = run("keys", "rotate", "director-root", "--public-key", publicHalf(ann));
    assertThat(shared.err())
        .matches(
            "convoy: the Director and the image repository share key %s: the root role and the root role have it, expected keys of their own\n"
                .formatted(ID));
    assertThat(shared.status()).isEqualTo(6);

    // The list of images too.
    assertThat(
            run(
                    "keys",
                    "rotate",
                    "image-targets",
                    "--public-key",
                    publicHalf(key("cleo")),
                    "--compromised",
                    "--reason",
                    "trial is over",
                    "--root-key",
                    ann.toString(),
                    "--root-key",
                    ben.toString())
                .out())
        .contains("targets: key " + trial + " taken out\n")
        .contains("version 3 of the root of the image repository is in effect\n")
        .contains("image repository: its targets wait for signatures");
    Path list = folder.resolve("list.json");
    assertThat(run("keys", "export", "image-targets", "--to", list.toString()).out())
        .contains("list of images, version 2, until ");
    assertThat(sign(list, ann)).contains("it has 1 signatures");
    assertThat(run("keys", "take", "image-targets", list.toString()).err())
        .startsWith("convoy: " + list + ": signed by 0 keys of the targets role, expected 1: key ");
    assertThat(sign(list, folder.resolve("own/cleo.p12"))).contains("it has 2 signatures");
    Path snapshot = online(KeyRole.IMAGE_SNAPSHOT);
    Files.move(snapshot, folder.resolve("snapshot.p12"));
    Ended taken = run("keys", "take", "image-targets", list.toString());
    assertThat(taken.out())
        .startsWith("image repository: 2.targets.json published, 0 images, until ")
        .contains("\nthe image repository is not signed anew yet: ");
    assertThat(taken.status()).isZero();
    Files.move(folder.resolve("snapshot.p12"), snapshot);
    assertRefused(
        run("keys", "take", "image-targets", list.toString()),
        6,
        list + ": signed.version: found '2', expected 3 or more");
    assertRefused(
        run("keys", "export", "image-snapshot"),
        2,
        "role 'image-snapshot' signs unattended: expected director-root, image-root or"
            + " image-targets");
  }

  private void warnBefore(String duration) throws IOException {
    Path settings = home.resolve("convoy.yaml");
    Files.writeString(
        settings,
        Files.readString(settings).replace("warn-before: P45D", "warn-before: " + duration));
  }

  /** Two roots, the six keys that sign, the list of images. */
  private void assertTheNightItsReportAndTheListWarnOfTheSame() throws IOException {
    Ended nightly = run("nightly");
    assertThat(nightly.status()).isZero();
    List<String> warned = warnings(nightly);
    assertThat(warned).hasSize(9).isEqualTo(warnings(run("keys", "list")));
    assertThat(warned.get(0)).startsWith("the root of the Director runs out at ");
    assertThat(warned.get(1))
        .startsWith(
            "key %s of director-targets runs out at ".formatted(keyid(KeyRole.DIRECTOR_TARGETS)));
    assertThat(warned.get(8)).startsWith("the image repository's targets run out at ");
    Path report;
    try (Stream<Path> runs = Files.list(home.resolve("reports"))) {
      report = runs.findFirst().orElseThrow().resolve("keys.csv");
    }
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader in = Files.newBufferedReader(report)) {
      assertThat(format.parse(in).getRecords())
          .hasSize(11)
          .extracting(row -> row.get("Warning"))
          .filteredOn(warning -> !warning.isEmpty())
          .isEqualTo(warned);
    }
  }

  private static List<String> warnings(Ended ended) {
    return ended
        .out()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("warning: "))
        .map(line -> line.substring("warning: ".length()))
        .toList();
  }

  /** The id of the key that signs for a role, as messages show it. */
  private String keyid(KeyRole role) throws IOException {
    Path keys =
        home.resolve("keys")
            .resolve(role.repository() == Repository.DIRECTOR ? "director" : "image-repository");
    return RootChain.latest(keys).keys(role).keys().values().iterator().next().shortId();
  }

  /** The file of the key that signs for a role of the image repository. */
  private Path online(KeyRole role) throws IOException {
    return home.resolve("keys/image-repository")
        .resolve("%s-%s.p12".formatted(role.role(), keyid(role).substring(0, 12)));
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toSet());
    }
  }

  /** A key that someone has made elsewhere. */
  private Path key(String name) throws IOException {
    Path own = folder.resolve("own");
    Path password = own.resolve(name + ".password");
    Files.createDirectories(own);
    Files.writeString(password, "a password for the test\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    assertThat(
            ConvoyCommand.commandLine()
                .execute(
                    "operator",
                    "key",
                    name,
                    "--folder",
                    own.toString(),
                    "--new-password-file",
                    password.toString()))
        .isZero();
    return own.resolve(name + ".p12");
  }

  private static String publicHalf(Path key) {
    return key.toString().replace(".p12", ".pub.pem");
  }

  /** Signs where there is no home. */
  private String sign(Path file, Path key) {
    return runWithoutHome("keys", "sign", file.toString(), "--key", key.toString()).out();
  }

  private static void assertRefused(Ended ended, int status, String message) {
    assertThat(ended.err()).isEqualTo("convoy: " + message + "\n");
    assertThat(ended.status()).isEqualTo(status);
  }
}

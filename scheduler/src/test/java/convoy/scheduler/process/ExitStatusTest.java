package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.scheduler.cli.CommandTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exit status of each way to end, with the words that go with it. Status 5, a store that is
 * taken, is in StoreTakenTest. What does not end a process, or write its log, runs in this one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExitStatusTest {
  private Path folder;
  private TestHome issued;

  /** A home with a fleet and the manifests of one campaign. */
  @BeforeAll
  void issue(@TempDir Path temporary) throws Exception {
    folder = temporary;
    issued = TestHome.approved(folder, "issued", "");
    assertThat(issued.runHere("nightly").status()).isZero();
  }

  @Test
  void zeroForAVerifiedShard() throws Exception {
    var verified =
        CommandTest.runWithoutHome("manifest", "verify", shard(issued, "00000").toString());
    assertThat(verified.out())
        .matches(
            "shard-00000\\.zip: \\d manifests, each signed, for its own vehicle, and as the image"
                + " repository says\n");
    assertThat(verified.err()).isEmpty();
    assertThat(verified.status()).isZero();
  }

  @Test
  void oneForAJobThatCannotDoItsWork() throws Exception {
    TestHome home = TestHome.make(folder, "corrupt", "");
    Path store = home.home().store().resolve("fleet.duckdb");
    Files.writeString(store, "no database ".repeat(1000));
    var nightly = home.run("nightly");
    assertThat(nightly.err())
        .startsWith("convoy: fleet store " + store + ": ")
        .endsWith("\nconvoy: the whole story is in the log file under the home's logs folder\n")
        .doesNotContain("\tat ");
    assertThat(nightly.status()).isEqualTo(1);
    assertThat(home.home().logs().resolve("convoy.log")).content().contains("nightly failed");
  }

  @Test
  void twoForACommandLineThatIsNotAsItMustBe() throws Exception {
    var unknown = ConvoyProcess.run(folder, "nightyl");
    assertThat(unknown.err()).startsWith("Unmatched argument at index 0: 'nightyl'\n");
    assertThat(unknown.status()).isEqualTo(2);

    var none = CommandTest.runWithoutHome();
    assertThat(none.err()).startsWith("expected a command\n").contains("nightly");
    assertThat(none.status()).isEqualTo(2);

    var campaign = issued.runHere("campaign", "status", "brake-hold");
    assertThat(campaign.err())
        .isEqualTo(
            "convoy: campaign 'brake-hold': found none of that id, expected one such as"
                + " 'brake-hold-2026-11'\n");
    assertThat(campaign.status()).isEqualTo(2);

    var urgent = issued.runHere("urgent", "brake-hold");
    assertThat(urgent.err()).isEqualTo(campaign.err());
    assertThat(urgent.status()).isEqualTo(2);
  }

  @Test
  void threeForAHomeOrSettingsThatAreNotAsTheyMustBe() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    var homeless = CommandTest.runWithoutHome("nightly", "--home", nowhere.toString());
    assertThat(homeless.err())
        .isEqualTo(
            "convoy: "
                + nowhere
                + ": found no installation, expected a folder made by ./convoy init or"
                + " ./convoy demo\n");
    assertThat(homeless.status()).isEqualTo(3);
    assertThat(nowhere).doesNotExist();

    TestHome home = TestHome.make(folder, "misspelt", "import:\n  chunk-row: 5\n");
    for (String command : new String[] {"nightly", "schedule"}) {
      var misspelt = home.runHere(command);
      assertThat(misspelt.err())
          .isEqualTo(
              "convoy: convoy.yaml line 2 column 3: unknown key 'chunk-row',"
                  + " did you mean 'chunk-rows'?\n");
      assertThat(misspelt.status()).isEqualTo(3);
    }

    home.settings("import:\n  rules:\n    VIN_SHAPE:\n      severity: WARN\n");
    var softened = home.runHere("nightly");
    assertThat(softened.err())
        .isEqualTo(
            "convoy: convoy.yaml line 4 column 17: import.rules.VIN_SHAPE.severity 'WARN':"
                + " expected ERROR: what breaks this rule cannot be used\n");
    assertThat(softened.status()).isEqualTo(3);

    home.settings("schedule:\n  nightly: at night\n");
    var cron = home.run("schedule");
    assertThat(cron.err())
        .contains(
            "schedule.nightly 'at night': expected a Quartz cron expression such as 0 30 1 * * ?");
    assertThat(cron.status()).isEqualTo(3);
  }

  @Test
  void fourForARefusedInputBesideWhichEverythingElseIsDone() throws Exception {
    TestHome home = TestHome.make(folder, "refusing", "");
    home.deliverFleet(7, 50, 0);
    Path broken = home.home().inboxManufacturing().resolve("broken.csv");
    Files.writeString(broken, "vin,colour\nWVWKP2BR3RW000001,red\n");
    Files.setLastModifiedTime(broken, FileTime.from(TestHome.EXPORTED_AT));
    var nightly = home.runHere("nightly");
    assertThat(nightly.err()).isEqualTo("convoy: refused inputs: 1; see the lines above\n");
    assertThat(nightly.out()).contains("  broken.csv: refused: ").contains("publishReports\n");
    assertThat(nightly.status()).isEqualTo(4);
    assertThat(home.inbox()).isEmpty();
    assertThat(home.number("select count(*) from vehicle")).isEqualTo(50);
    assertThat(home.rows("select outcome, count(*) from import_file group by all order by all"))
        .containsExactly("LANDED|4", "REFUSED|1");
    assertThat(home.rows("select outcome from run")).containsExactly("REFUSALS");
    assertThat(home.runHere("nightly").status()).as("the night after").isZero();
  }

  @Test
  void sixForAManifestThatWasTamperedWith() throws Exception {
    Path tampered = shard(issued, "00009");
    String changed = raiseALength(shard(issued, "00000"), tampered);
    var verified = ConvoyProcess.run(folder, "manifest", "verify", tampered.toString());
    assertThat(verified.err()).startsWith("convoy: " + changed + ": ");
    assertThat(verified.out()).isEmpty();
    assertThat(verified.status()).isEqualTo(6);
  }

  private static Path shard(TestHome home, String number) {
    return home.home()
        .outbox()
        .resolve("director/campaign=" + TestHome.CAMPAIGN + "/wave=1/shard-" + number + ".zip");
  }

  /** Copies a shard, with another image length in its first targets file, whose name it returns. */
  private static String raiseALength(Path from, Path to) throws IOException {
    String changed = "";
    try (ZipFile in = new ZipFile(from.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      Enumeration<? extends ZipEntry> entries = in.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        byte[] bytes;
        try (InputStream content = in.getInputStream(entry)) {
          bytes = content.readAllBytes();
        }
        if (changed.isEmpty() && entry.getName().endsWith(".targets.json")) {
          changed = entry.getName();
          String text = new String(bytes, StandardCharsets.UTF_8);
          String longer = text.replaceFirst("\"length\":(\\d)", "\"length\":9");
          assertThat(longer).hasSameSizeAs(text).isNotEqualTo(text);
          bytes = longer.getBytes(StandardCharsets.UTF_8);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
        out.closeEntry();
      }
    }
    return changed;
  }
}

package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.config.Home;
import convoy.data.campaign.ControlAct;
import convoy.data.campaign.ControlRequest;
import convoy.data.trust.PasswordFile;
import convoy.data.trust.PrivateKeyFile;
import convoy.jobs.control.RequestFolder;
import convoy.jobs.samples.SampleData;
import convoy.jobs.samples.SampleSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A campaign on the command line, from its start to its end. */
class CampaignControlTest extends CommandTest {
  private static final String BRAKES = "brake-hold-2026-11";
  private static final String MEDIA = "infotainment-2026-12";
  private static final String OWNER =
      "owner       FORCED_AFTER: the owner is asked up to 2099-01-01T00:00:00Z, and not from then on";
  private static final Instant EXPORTED = Instant.parse("2026-11-20T22:00:00Z");

  private Home home() {
    return new Home(folder.resolve("home"));
  }

  /** A fleet, and the brakes' campaign with start: MANUAL, approved; the other one is not. */
  private void install() throws IOException {
    assertThat(run("init").status()).isZero();
    SampleData.write(home().inboxManufacturing(), new SampleSpec(7, 60, 0, EXPORTED));
    try (Stream<Path> files = Files.list(home().inboxManufacturing())) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(EXPORTED));
      }
    }
    SampleData.writeDefinitions(home().root(), 7);
    Path yaml = home().campaigns().resolve(BRAKES + ".yaml");
    Files.writeString(
        yaml,
        Files.readString(yaml)
            + """
            start: MANUAL
            consent: { mode: FORCED_AFTER, from: 2099-01-01T01:00:00+01:00 }
            notification: { default-language: en, texts: { en: { title: Brakes, text: Please park. } } }
            """);
    assertThat(run("nightly").err()).isEmpty();
    assertThat(run("update", "sign", "abs-brake-hold", "2.1.0").status()).isZero();
    assertThat(run("campaign", "submit", BRAKES).status()).isZero();
    assertThat(run("campaign", "approve", BRAKES, "--by", "bob").status()).isZero();
  }

  private void assertRefused(String message, String... command) {
    Ended ended = run(command);
    assertThat(ended.err()).isEqualTo("convoy: " + message + "\n");
    assertThat(ended.status()).isEqualTo(2);
  }

  @Test
  void aCampaignIsStartedPausedResumedAndAborted() throws IOException {
    install();
    assertRefused(
        "campaign '" + BRAKES + "x': found none of that id, expected one such as '" + BRAKES + "'",
        "campaign",
        "pause",
        BRAKES + "x",
        "--by",
        "bob",
        "--reason",
        "smoke");
    assertRefused(
        "campaign " + MEDIA + " is DRAFT, expected APPROVED or RUNNING",
        "campaign",
        "pause",
        MEDIA,
        "--by",
        "bob",
        "--reason",
        "smoke");
    assertRefused(
        "--reason ' ': expected one line of 1 to 200 characters",
        "campaign",
        "abort",
        BRAKES,
        "--by",
        "bob",
        "--reason",
        " ");
    assertRefused(
        "operator 'b o b': expected 1 to 64 letters, digits, '.', '_', '@' and '-', beginning with a letter or digit",
        "campaign",
        "start",
        BRAKES,
        "--by",
        "b o b");
    assertThat(run("campaign", "pause", BRAKES, "--by", "bob").err())
        .startsWith("Missing required option: '--reason=TEXT'\n");

    assertThat(run("urgent", BRAKES).out())
        .contains(BRAKES + ": waits for its start: ./convoy campaign start " + BRAKES + "\n");
    assertThat(run("campaign", "status", BRAKES).out())
        .contains("\nnext        a person starts it: ./convoy campaign start " + BRAKES)
        .contains(
            "\nstart       MANUAL, not started\n"
                + OWNER
                + "; notification in en\nrollback    by a person alone\neligible    ");
    String planned = assertTheOwnerAndTheStartAreToldBeforeIt();
    assertThat(run("campaign", "start", BRAKES, "--by", "alice").out())
        .isEqualTo(BRAKES + ": started by alice; the next run plans it\n");
    assertRefused(
        "campaign " + BRAKES + " was started before; the next run plans it",
        "campaign",
        "start",
        BRAKES,
        "--by",
        "alice");
    assertTheListOfImagesIsSignedElsewhere(planned);

    Ended paused = run("campaign", "pause", BRAKES, "--by", "bob", "--reason", "smoke in two cars");
    assertThat(paused.out())
        .matches(
            BRAKES
                + ": paused by bob: smoke in two cars; \\d+ manifests were issued, 0 prepared ones"
                + " dropped\n");
    assertStatus();
    assertIssued();

    assertThat(run("campaign", "resume", BRAKES, "--by", "alice").out())
        .isEqualTo(
            BRAKES
                + ": resumed by alice, now RUNNING; it was PAUSED: paused by bob: smoke in two cars\n");
    assertOneVehicleIsWithdrawn();
    assertAWaveIsAdvanced();
    assertThat(run("campaign", "abort", BRAKES, "--by", "bob", "--reason", "fades").out())
        .startsWith(BRAKES + ": aborted by bob: fades; ");
    assertTheRestIsWithdrawn();
    assertThat(run("campaign", "list", "--state", "aborted").out()).startsWith(BRAKES + " ");
    assertThat(run("campaign", "list", "--state", "RUNNING").out())
        .isEqualTo("no campaign is RUNNING\n");
    JsonNode list = new JsonMapper().readTree(run("campaign", "list", "--json").out());
    assertThat(list.at("/0/state").asString() + list.at("/1/state").asString())
        .isEqualTo("ABORTEDDRAFT");
    assertThat(run("audit", "verify").status()).isZero();
    assertARequestThatWasLeftIsDoneByTheNextCommandThatChangesSomething();
  }

  /**
   * The list has images, and its key lies in no home; until it is signed, nothing is issued.
   *
   * @param vin one of the campaign's
   */
  private void assertTheListOfImagesIsSignedElsewhere(String vin) throws IOException {
    Path own = Files.createDirectories(folder.resolve("cleo"));
    Path password = Files.writeString(own.resolve("cleo.password"), "a password for the test\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    runWithoutHome(
        "operator", "key", "cleo", "--folder", "" + own, "--new-password-file", "" + password);
    assertThat(
            run(
                    "keys",
                    "rotate",
                    "image-targets",
                    "--public-key",
                    own.resolve("cleo.pub.pem").toString(),
                    "--compromised",
                    "--reason",
                    "trial is over")
                .out())
        .contains("version 2 of the root of the image repository is in effect\n");
    String image = "ABS.1.abs-2.1.0.bin";
    Ended waiting = run("urgent", BRAKES);
    assertThat(waiting.out())
        .contains("planned in waves: ", "; not listed yet: " + image, "\n  nothing is issued: ");
    assertThat(waiting.status()).isEqualTo(6);
    assertRefused(
        "%s: found no manifest, expected one that was issued: ./convoy explain %s says what comes next"
            .formatted(vin, vin),
        "manifest",
        "show",
        vin);

    String list = folder.resolve("list.json").toString();
    assertThat(run("keys", "export", "image-targets", "--to", list).out())
        .contains("\n  " + image + ": ABS 2.1.0, for hardware [");
    assertThat(
            runWithoutHome("keys", "sign", list, "--key", own.resolve("cleo.p12").toString()).out())
        .contains("\n  " + image + ": ABS 2.1.0, for hardware [")
        .endsWith("; it has 1 signatures\n");
    assertThat(run("keys", "take", "image-targets", list).out())
        .containsPattern("^image repository: \\d\\.targets\\.json published, \\d images, until ");
    Ended nightly = run("nightly");
    assertThat(nightly.out()).containsPattern(BRAKES + ": [1-9]\\d* manifests to issue\n");
    assertThat(nightly.status()).isZero();
  }

  /** Gives one of its vehicles. */
  private String assertTheOwnerAndTheStartAreToldBeforeIt() {
    assertThat(run("campaign", "preview", BRAKES).out())
        .contains("\n" + OWNER + "\ntells en    Brakes (default)\n            Please park.\n");
    JsonNode preview =
        new JsonMapper().readTree(run("campaign", "preview", BRAKES, "--json").out());
    assertThat(preview.at("/owner/notification/texts/en/title").asString()).isEqualTo("Brakes");
    String vin = preview.at("/waves/0/sampleVins/0").asString();
    assertThat(run("explain", vin).out())
        .contains(", consent FORCED_AFTER\n")
        .contains(
            "  next: it is planned into a wave once a person starts the campaign: ./convoy campaign"
                + " start "
                + BRAKES
                + " --by NAME\n");
    return vin;
  }

  private void assertAWaveIsAdvanced() {
    assertThat(run("campaign", "advance", BRAKES, "--reason", "proved", "--by", "bob").err())
        .startsWith("Missing required option: '--wave=N'\n");
    assertThat(
            run("campaign", "advance", BRAKES, "--wave", "9", "--reason", "go", "--by", "bob")
                .err())
        .startsWith(
            "convoy: campaign "
                + BRAKES
                + " is RUNNING and its wave 9 is not RELEASED, or there is none: ");
    Ended advanced =
        run("campaign", "advance", BRAKES, "--wave", "1", "--reason", "proved", "--by", "bob");
    assertThat(advanced.err()).isEmpty();
    assertThat(advanced.out())
        .startsWith(BRAKES + ": wave 1 advanced by bob: proved; the gate said HOLD: 0 of ")
        .endsWith("; wave 2 is released\n");
    assertThat(run("campaign", "status", BRAKES).out())
        .containsPattern("\nwave 1      canary SUCCEEDED: ")
        .containsPattern(
            "\ngate 1 +\\S+  ADVANCE: advanced by bob: proved; the gate said HOLD: 0 of ")
        .containsPattern("\nact \\d+ .* bob GATE_OVERRIDDEN: wave 1: advanced by bob: proved; ");
  }

  private void assertStatus() {
    String status = run("campaign", "status", BRAKES).out();
    assertThat(status)
        .startsWith(BRAKES + ": Brake hold recall, November 2026\nstate       PAUSED since ")
        .contains(", by bob\nwhy         paused by bob: smoke in two cars\n")
        .contains("\nnext        nothing is issued until a person resumes it ")
        .containsPattern("\nwave 1      canary HALTED: \\d+ ISSUED\n")
        .containsPattern("\nmanifests   (\\d+) issued, of which vehicles may still act on \\1; 0 p")
        .containsPattern("\nact \\d+ .* bob CAMPAIGN_PAUSED: PAUSED: paused by bob: smoke in two")
        .contains("alice CAMPAIGN_STARTED: started by alice\n");
    JsonNode json = new JsonMapper().readTree(run("campaign", "status", BRAKES, "--json").out());
    assertThat(json.get("by").asString()).isEqualTo("bob");
    assertThat(json.at("/manifests/issued").asLong()).isPositive();
    assertThat(json.at("/waves/0/state").asString()).isEqualTo("HALTED");
  }

  private void assertIssued() throws IOException {
    List<String> lines = run("campaign", "issued", BRAKES).out().lines().toList();
    int issued = lines.size() - 1;
    assertThat(lines.get(0))
        .matches("[A-Z0-9]{17}  version 1 +wave 1 +attempt 1 +issued \\S+  ISSUED");
    assertThat(lines.get(issued)).isEqualTo(BRAKES + ": " + issued + " manifests issued");
    Path csv = folder.resolve("issued.csv");
    assertThat(run("campaign", "issued", BRAKES, "--csv", csv.toString()).status()).isZero();
    assertThat(Files.readAllLines(csv))
        .hasSize(issued + 1)
        .startsWith(
            "vin,manifest_version,wave,attempt,issued_at,expires_at,state,published_at,withdrawn_by,withdrawn_at");
  }

  private void assertOneVehicleIsWithdrawn() {
    assertThat(run("campaign", "withdraw", BRAKES, "--by", "bob").err())
        .startsWith("Missing required option: '--reason=TEXT'\n");
    assertRefused(
        "--vin 'X': expected 17 characters of the VIN alphabet",
        "campaign",
        "withdraw",
        BRAKES,
        "--vin",
        "X",
        "--reason",
        "fades");
    String vin = run("campaign", "issued", BRAKES).out().substring(0, 17);
    Ended withdrawn =
        run("campaign", "withdraw", BRAKES, "--vin", vin, "--reason", "fades", "--by", "bob");
    assertThat(withdrawn.err()).isEmpty();
    assertThat(withdrawn.status()).isZero();
    assertThat(withdrawn.out())
        .isEqualTo(
            """
            %s: withdrawn by bob: fades, 1 named vehicles; 1 manifests withdrawn
            issueManifests
              %s: 1 manifests to withdraw others
            """
                .formatted(BRAKES, BRAKES));
    assertThat(run("campaign", "issued", BRAKES).out())
        .containsPattern(vin + "  version 1 .*  CANCELLED, withdrawn \\S+ by version 2\n")
        .containsPattern("manifests issued, 1 of them withdrawn\n$");
    assertThat(run("campaign", "status", BRAKES).out())
        .contains("\nstate       RUNNING ", "\nwithdrawn   1 manifests\n");
    assertThat(run("explain", vin).out())
        .contains("\n  next: nothing: CANCELLED, withdrawn by bob: fades\n")
        .containsPattern(
            "\nmanifest 2  ISSUED .* wave 1 attempt 1, .*: installs nothing, withdraws manifest 1\n");
    assertThat(run("vehicle", vin, "--history").out())
        .contains(", withdrawn by bob: fades\n")
        .containsPattern("\n  manifest 2  ISSUED .*: installs nothing, withdraws manifest 1\n");
    Path shard = home().outbox().resolve("director/campaign=" + BRAKES + "/wave=1/shard-00001.zip");
    assertThat(runWithoutHome("manifest", "verify", shard.toString()).out())
        .isEqualTo(
            "shard-00001.zip: 1 manifests, each signed, for its own vehicle, and as the image repository says; 1 of them install"
                + " nothing and withdraw what came before\n");
    Path unpacked = folder.resolve("unpacked");
    runWithoutHome("manifest", "unpack", shard.toString(), unpacked.toString());
    assertThat(
            runWithoutHome(
                    "manifest",
                    "verify",
                    unpacked.resolve(vin).toString(),
                    "--root",
                    home().outbox().resolve("director/1.root.json").toString())
                .out())
        .startsWith(vin + " version 2: campaign " + BRAKES + ", wave 1, attempt 1, issued ")
        .endsWith("\n  installs nothing, and withdraws what an earlier version asked for\n");
    assertBothManifestsAreShown(vin, shard);
    assertNothingOfItGoesBack(vin);
  }

  private void assertBothManifestsAreShown(String vin, Path shard) {
    assertThat(run("manifest", "show", vin.toLowerCase(Locale.ROOT)).out())
        .startsWith(vin + " version 2: campaign " + BRAKES + ", wave 1, attempt 1, issued ")
        .endsWith(
            """
              installs nothing, and withdraws what an earlier version asked for
              withdraws version 1: withdrawn by bob: fades
              in %s
              the vehicle takes it: signed, for it, and as the image repository says
            """
                .formatted(shard));
    assertThat(run("manifest", "show", vin, "--version", "1").out())
        .startsWith(vin + " version 1: campaign " + BRAKES + ", wave 1, attempt 1, issued ")
        .contains("\n  " + OWNER + "\n  tells en    Brakes (default)\n              Please park.\n")
        .containsPattern(
            "\n  ABS \\S+, hardware \\S+, from 2\\.0\\.\\d to 2\\.1\\.0: ABS\\.1\\.abs-2\\.1\\.0\\.bin, [0-9,]+ bytes, sha256 [0-9a-f]{64}")
        .contains(
            "/shard-00000.zip\n  the vehicle takes its newest manifest alone: version 2, issued ");
    assertRefused(
        vin + ": found no manifest of version 3, expected one of [1, 2]",
        "manifest",
        "show",
        vin,
        "--version",
        "3");
    assertRefused(
        "WVWZZZ1KZAW000009: found no such vehicle in the fleet",
        "manifest",
        "show",
        "WVWZZZ1KZAW000009");
  }

  /** It had installed nothing before it was withdrawn. */
  private void assertNothingOfItGoesBack(String vin) {
    assertThat(run("campaign", "rollback", BRAKES, "--by", "bob").err())
        .startsWith("Missing required option: '--reason=TEXT'\n");
    assertRefused(
        "found --wave and --vin, expected one of them",
        "campaign",
        "rollback",
        BRAKES,
        "--vin",
        vin,
        "--wave",
        "1",
        "--reason",
        "fades");
    assertThat(
            run("campaign", "rollback", BRAKES, "--vin", vin, "--reason", "fades", "--by", "bob")
                .out())
        .isEqualTo(
            """
            %s: rolled back by bob: fades, 1 named vehicles; 0 vehicles are to go back; left alone: 1 CANCELLED
            issueManifests
              nothing to take back
            """
                .formatted(BRAKES));
  }

  /** Where the night publishes, withdrawing does too. */
  private void assertTheRestIsWithdrawn() throws IOException {
    String settings = Files.readString(home().settingsFile());
    Files.writeString(
        home().settingsFile(),
        "operator: alice\npublish: {to: FOLDER, folder: ../share, nightly: true}\n");
    Path share = Files.createDirectories(folder.resolve("share"));
    assertThat(
            run("campaign", "withdraw", BRAKES, "--wave", "1", "--reason", "fades", "--by", "bob")
                .out())
        .matches(
            BRAKES
                + ": withdrawn by bob: fades, wave 1; (\\d+) manifests withdrawn; left alone: 1"
                + " CANCELLED\nissueManifests\n  "
                + BRAKES
                + ": \\1 manifests to withdraw others\npublishOutbox\n  "
                + share
                + ": \\d+ files published, [0-9,]+ bytes; 0 were published before\n  held back: 1"
                + " files, "
                + BRAKES
                + ": its campaign is ABORTED\n");
    Files.writeString(home().settingsFile(), settings);
    String wave = "director/campaign=" + BRAKES + "/wave=1/";
    for (String shard : List.of("shard-00001.zip", "shard-00002.zip")) {
      assertThat(share.resolve(wave + shard))
          .hasSameBinaryContentAs(home().outbox().resolve(wave + shard));
    }
    assertThat(share.resolve(wave + "shard-00000.zip")).doesNotExist();
    assertThat(run("campaign", "status", BRAKES).out())
        .containsPattern("\nmanifests   \\d+ issued, of which vehicles may still act on 0; ");
    assertThat(run("audit", "list").out())
        .containsPattern(" bob +MANIFESTS_WITHDRAWN ")
        .containsPattern(" bob +SIGNED_WITHDRAWN ");
  }

  private void assertARequestThatWasLeftIsDoneByTheNextCommandThatChangesSomething()
      throws IOException {
    Path key = home().keys().resolve("operators").resolve("alice.p12");
    new RequestFolder(home())
        .leave(
            ControlRequest.of(ControlAct.RESUME, BRAKES, "alice", null, Instant.now()),
            PrivateKeyFile.open(key, PasswordFile.read(Passwords.beside(key))).key());
    assertThat(run("campaign", "status", BRAKES).out())
        .endsWith(
            "\n1 requests, of any campaign, wait for the next job or command that changes something\n");
    assertThat(run("campaign", "approve", MEDIA, "--by", "alice").out())
        .startsWith(
            BRAKES
                + ": RESUME asked by alice, refused: campaign "
                + BRAKES
                + " is ABORTED, expected PAUSED\n");
    assertThat(new RequestFolder(home()).waiting()).isEmpty();
    assertThat(run("campaign", "status", BRAKES).out())
        .contains("\nrefused     RESUME by alice, asked ");
  }
}

package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.samples.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Who may do what, through the commands, with keys in files. */
class OperatorCommandTest extends CommandTest {
  private static final String BRAKES = "brake-hold-2026-11";

  @Test
  void aCampaignGoesThroughTheHandsOfSeveralPeople() throws IOException {
    assertThat(run("init").out()).contains("are for trial");
    SampleData.writeDefinitions(folder.resolve("home"), 7);
    assertThat(run("register").status()).isZero();
    assertThat(run("update", "list").out()).contains("abs-brake-hold 2.1.0").contains("not signed");

    assertRefused(
        run("campaign", "submit", BRAKES),
        6,
        "update abs-brake-hold 2.1.0 is not signed, expected an engineer's signature:"
            + " ./convoy update sign");
    assertThat(run("update", "sign", "abs-brake-hold", "2.1.0").out())
        .isEqualTo("update abs-brake-hold 2.1.0 signed by alice\n");
    assertThat(run("update", "sign", "abs-brake-hold", "2.1.0").out())
        .isEqualTo("update abs-brake-hold 2.1.0 is signed already\n");
    assertRefused(
        run("campaign", "approve", BRAKES, "--by", "bob"),
        2,
        "campaign brake-hold-2026-11 is DRAFT, expected SUBMITTED");
    assertThat(run("campaign", "submit", BRAKES).out())
        .isEqualTo(BRAKES + " submitted by alice; it waits for its approval\n");
    assertRefused(
        run("campaign", "approve", BRAKES),
        6,
        "approval of brake-hold-2026-11: 'alice' is author and approver, expected two different"
            + " people");
    assertThat(
            run("campaign", "reject", BRAKES, "--reason", "closed that week", "--by", "bob").out())
        .isEqualTo(BRAKES + " sent back by bob: closed that week\n");
    assertThat(run("campaign", "submit", BRAKES).status()).isZero();

    addCarol("APPROVER");
    assertThat(run("operator", "rules", "--approvals", "SAFETY_RECALL=2").out())
        .startsWith("approvals of SAFETY_RECALL: 2 instead of 1\n")
        .endsWith("version 3 of the trust root is in effect\n");
    assertThat(run("campaign", "approve", BRAKES, "--by", "bob").out())
        .isEqualTo(BRAKES + " approved by bob, 1 of 2; it waits for the others\n");
    assertRefused(
        run("campaign", "approve", BRAKES, "--by", "bob"),
        2,
        "campaign brake-hold-2026-11 is approved by bob already, expected someone else");
    assertThat(run(asCarol("campaign", "approve", BRAKES)).out())
        .isEqualTo(BRAKES + " approved by carol; the next run plans it\n");
    assertThat(run("audit", "list", "--who", "carol").out().strip().lines()).hasSize(2);
    var json =
        new JsonMapper()
            .readTree(run("audit", "list", "--subject", BRAKES, "--who", "bob", "--json").out());
    assertThat(json.get(0).get("act").asString()).isEqualTo("SIGNED_REJECTED");
    assertThat(run("audit", "list", "--since", "2999-01-01").out()).isEmpty();
    assertThat(run("audit", "verify").status()).isZero();
  }

  @Test
  void whoHasNotTheRoleOrTheKeyIsRefused() throws IOException {
    assertThat(run("init").status()).isZero();
    addCarol("AUDITOR");
    assertRefused(
        run(asCarol("nightly")),
        6,
        "operator 'carol' has the roles [AUDITOR], expected one of [OPERATOR] for RUN_JOBS");
    assertRefused(
        run("nightly", "--by", "mallory", "--key", key("bob").toString()),
        6,
        "'mallory' is not a known operator, expected one of [alice, bob, carol]");
    String wrongKey = run("nightly", "--by", "alice", "--key", key("bob").toString()).err().strip();
    assertThat(wrongKey).startsWith("convoy: operator 'alice': found key ");

    Path home = folder.resolve("home");
    Files.setPosixFilePermissions(
        home.resolve("keys/operators/bob.password"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(run("nightly", "--by", "bob").status()).isEqualTo(6);
    assertThat(run("operator", "revoke", "bob", "--reason", "left").out())
        .contains("revoked (ENDED): left\n")
        .endsWith("version 3 of the trust root is in effect\n");
    Files.setPosixFilePermissions(
        home.resolve("keys/operators/bob.password"), PosixFilePermissions.fromString("rw-------"));
    assertThat(run("nightly", "--by", "bob").err())
        .matches("convoy: the key of operator 'bob' was revoked at .* \\(ENDED\\): left\n");
    assertThat(run("operator", "list").out())
        .contains("version          3, until ")
        .contains("carol            [AUDITOR]; key ");

    Files.writeString(home.resolve("convoy.yaml"), "");
    assertRefused(
        run("nightly"),
        2,
        "found nobody who acts, expected --by OPERATOR, or operator in convoy.yaml");
  }

  @Test
  void aSecondAdministratorsSignatureIsWaitedFor() throws IOException {
    assertThat(run("init").status()).isZero();
    assertThat(run("operator", "rules", "--administrators", "2").out())
        .contains("version 2 of the trust root waits for more signatures");
    assertRefused(
        run("operator", "rules"),
        2,
        folder.resolve("home/keys/trust/2.trust.json.waiting")
            + " waits for signatures: ./convoy operator sign adds one, deleting the file drops it");
    assertThat(run("operator", "list").out())
        .contains("instead of 1")
        .contains("version          1");
    assertThat(run("operator", "sign", "--by", "bob").out())
        .endsWith("version 2 of the trust root is in effect\n");
    Path password = password("bob-new.password");
    assertThat(run("operator", "renew", "bob", "--new-password-file", password.toString()).out())
        .contains("waits for more signatures");
  }

  @Test
  void everyCommandThatChangesSomethingAsksWhoActs() {
    Set<String> asksNobody =
        Set.of(
            "init",
            "demo",
            "samples",
            "simulate",
            "import probe",
            "operator key",
            "keys export",
            "keys sign");
    List<String> readOnly =
        List.of(
            "update list",
            "update show",
            "campaign list",
            "campaign status",
            "campaign issued",
            "campaign preview",
            "import missing",
            "quarantine list",
            "quarantine show",
            "audit list",
            "audit verify",
            "operator list",
            "keys list",
            "vehicle",
            "explain",
            "manifest show",
            "manifest verify",
            "manifest unpack",
            "help");
    for (CommandLine command : leaves(ConvoyCommand.commandLine())) {
      String name = command.getCommandSpec().qualifiedName(" ").replaceFirst("^convoy ", "");
      boolean asks = command.getCommandSpec().findOption("--by") != null;
      assertThat(asks).as(name).isEqualTo(!asksNobody.contains(name) && !readOnly.contains(name));
    }
  }

  private static List<CommandLine> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? List.of(command)
        : command.getSubcommands().values().stream().flatMap(c -> leaves(c).stream()).toList();
  }

  private void addCarol(String role) throws IOException {
    Path password = password("carol.password");
    String own = folder.resolve("own").toString();
    CommandLine key = ConvoyCommand.commandLine();
    assertThat(
            key.execute(
                "operator",
                "key",
                "carol",
                "--folder",
                own,
                "--new-password-file",
                password.toString()))
        .isZero();
    assertThat(
            run("operator", "add", "carol", "--role", role, "--public-key", own + "/carol.pub.pem")
                .out())
        .startsWith("operator carol added: [" + role + "], key ")
        .endsWith("version 2 of the trust root is in effect\n");
  }

  private String[] asCarol(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(
        List.of(
            "--by", "carol",
            "--key", folder.resolve("own/carol.p12").toString(),
            "--password-file", folder.resolve("carol.password").toString()));
    return all.toArray(String[]::new);
  }

  private Path key(String operator) {
    return folder.resolve("home/keys/operators/" + operator + ".p12");
  }

  private Path password(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "a password for the test\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static void assertRefused(Ended ended, int status, String message) {
    assertThat(ended.err()).isEqualTo("convoy: " + message + "\n");
    assertThat(ended.status()).isEqualTo(status);
  }
}

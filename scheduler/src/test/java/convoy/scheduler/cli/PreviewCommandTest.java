package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a campaign manager sees before anyone approves. */
class PreviewCommandTest extends CommandTest {
  private static final String UPDATE =
      """
      update: brakes
      version: 2.1.0
      title: Brakes
      category: SAFETY_RECALL
      targets: [{module: ABS, from: 2.0.x, to: 2.1.0, image: abs.bin}]
      """;
  private static final String CAMPAIGN =
      """
      campaign: recall
      title: Recall
      update: brakes 2.1.0
      author: alice
      urgency: SCHEDULED
      priority: 50
      audience: {regions: [DE]}
      waves: [{name: canary, vehicles: 2}, {name: all, share: rest}]
      gate: {success: 80%, pause-on-failure: 15%, abort-on-failure: 40%, minimum-reports: 1, silent-after: P7D}
      retry: {attempts: 3, backoff: PT12H}
      rate: {vehicles-per-day: 2}
      """;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(Files.createDirectories(folder.resolve("mine")).resolve(name), text);
  }

  /** Vehicles W0 and so on, the even ones in DE, the others in FR. */
  private Path export(String name, int from, int to) throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "vin,model,model_year,powertrain,region,engine_number,manufactured_on,module,serial,hardware_part,"
                + "hardware_version,software_version,protocol,exported_at\n");
    for (int i = from; i < to; i++) {
      rows.append(
          "WVWZZZ1JZXW0000%02d,Aldera,2026,PETROL,%s,E%d,2025-08-28,ABS,S%d,HW-1,H1,2.0.3,CAN,%s\n"
              .formatted(i, i % 2 == 0 ? "DE" : "FR", i, i, Instant.now().minusSeconds(86_400)));
    }
    return write(name, rows.toString());
  }

  @Test
  void aPreviewIsShownAndComparedBeforeTheCampaignIsRegistered() throws IOException {
    assertThat(run("init").status()).isZero();
    write("abs.bin", "abs");
    write("brakes.yaml", UPDATE);
    assertThat(run("update", "register", folder.resolve("mine").resolve("brakes.yaml").toString()))
        .satisfies(ended -> assertThat(ended.status()).as(ended.err()).isZero());
    Path inbox = folder.resolve("home/inbox/manufacturing/fleet.csv");
    Files.copy(export("fleet.csv", 0, 10), inbox);
    Files.setLastModifiedTime(
        inbox, java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(run("import", "now").out()).contains("10 rows read, 10 accepted");
    String campaign = write("recall.yaml", CAMPAIGN).toString();

    Ended preview = run("campaign", "preview", campaign);

    assertThat(preview.err()).isEmpty();
    assertThat(preview.status()).isZero();
    assertThat(preview.out().replaceAll("[0-9a-f]{64}", "DIGEST").lines())
        .containsExactly(
            "recall, if it were approved now",
            "vehicles    5 of 10; ineligible 5; unknown 0",
            preview.out().lines().toList().get(2),
            preview.out().lines().toList().get(3),
            preview.out().lines().toList().get(4),
            "way back    5 vehicles could not be taken back to the versions that they have",
            "owner       BY_OWNER: the owner is asked, and may decline",
            "rollback    by a person alone",
            "                    5 DE Aldera, by wave 2 + 3",
            "ineligible          5 REGION_RESTRICTED, such as WVWZZZ1JZXW000001 WVWZZZ1JZXW000003 WVWZZZ1JZXW000005",
            "competition no other open campaign wants one of these vehicles",
            "plan        DIGEST");
    assertThat(preview.out())
        .containsPattern("wave 1      canary: 2 vehicles, [0-9,]+ bytes, such as WVW")
        .containsPattern("downloads   [0-9,]+ bytes in all; manifests on 3 days at the least");

    Instant end = Instant.now().plusSeconds(86_400);
    String at = end.atZone(ZoneId.of("Europe/Berlin")).toLocalDate() + "T00:00";
    String ending =
        CAMPAIGN
            + "ends: {at: %s, then: WITHDRAW_OPEN}\n".formatted(at)
            + "rollback: {when: FAILED_FOR_GOOD, except-codes: [POWER_LOSS]}\n";
    assertThat(run("campaign", "preview", write("ending.yaml", ending).toString()).out())
        .contains(
            "\nrollback    FAILED_FOR_GOOD: a vehicle that fails for good, but not with POWER_LOSS,"
                + " goes back by itself\n")
        .contains(
            "\nends        %s Europe/Berlin, then WITHDRAW_OPEN: manifests on 1 day before that;"
                    .formatted(at)
                + " WARNING: 3 are needed, so not all vehicles are reached\n");
    Ended past =
        run(
            "campaign",
            "create",
            write("past.yaml", ending.replace(at, "2026-01-31T00:00")).toString());
    assertThat(past.err())
        .startsWith(
            "convoy: past.yaml: ends.at '2026-01-31T00:00': expected a time that is to come in"
                + " Europe/Berlin, where it is 2");

    String edited = write("edited.yaml", CAMPAIGN.replace("[DE]", "[FR]")).toString();
    assertThat(run("campaign", "preview", campaign, "--against", edited).out())
        .startsWith(
            """
            recall: 5 vehicles, then 5: +5, -5
            +5 no longer REGION_RESTRICTED, such as WVWZZZ1JZXW000001 WVWZZZ1JZXW000003 WVWZZZ1JZXW000005
            -5 now REGION_RESTRICTED, such as WVWZZZ1JZXW000000 WVWZZZ1JZXW000002 WVWZZZ1JZXW000004
            """);

    Path more = export("more.csv", 8, 16);
    Ended trial = run("campaign", "preview", campaign, "--against-export", more.toString());
    assertThat(trial.err()).isEmpty();
    assertThat(trial.out())
        .startsWith(
            """
            recall: 5 vehicles, then 8: +3, -0
            +3 no longer NOT_IN_FLEET, such as WVWZZZ1JZXW000010 WVWZZZ1JZXW000012 WVWZZZ1JZXW000014
            """);
    assertThat(names(folder.resolve("home/store"))).noneMatch(name -> name.startsWith("preview-"));

    Ended json =
        run("campaign", "preview", campaign, "--json", "--csv", folder.resolve("csv").toString());
    assertThat(json.out()).contains("\"eligible\":5", "\"days\":3");
    assertThat(names(folder.resolve("csv")))
        .containsExactly(
            "preview-competition.csv",
            "preview-reasons.csv",
            "preview-vehicles.csv",
            "preview-waves.csv");
    assertThat(run("campaign", "list").out()).isEqualTo("no campaign is registered\n");
  }

  @Test
  void whatCannotBePreviewedIsNamed() throws IOException {
    assertThat(run("init").status()).isZero();
    assertThat(run("import", "now").status()).isZero();

    Ended unknown = run("campaign", "preview", "recal");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo(
            "convoy: campaign 'recal': found none of that id, expected a file such as my-campaign.yaml, or one of []\n");

    Ended unregistered = run("campaign", "preview", write("recall.yaml", CAMPAIGN).toString());
    assertThat(unregistered.status()).isEqualTo(4);
    assertThat(unregistered.err())
        .isEqualTo(
            "convoy: recall.yaml: update 'brakes 2.1.0': expected one that is registered, found []\n");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

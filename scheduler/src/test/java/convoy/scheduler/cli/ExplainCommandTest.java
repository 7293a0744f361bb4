package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person and a program are told of vehicles that get an update, and of others. */
class ExplainCommandTest extends CommandTest {
  private static final String FITS = "WVWKP2BR3RW000001";
  private static final String MISFIT = "WVWCE2DR6RW000002";
  private static final String QUIET = "WVWKP0BR1RW000003";
  private final Instant told = Instant.now().truncatedTo(ChronoUnit.DAYS);
  private final Instant longAgo = told.minus(Duration.ofDays(400));
  private static final String UPDATE =
      """
      update: brakes
      version: 2.1.0
      title: Brakes
      category: SAFETY_RECALL
      models: [Brevik]
      powertrains: [PETROL]
      targets: [{module: ABS, hardware: [A1], from: 2.0.x, to: 2.1.0, image: abs.bin}]
      requires: [GATEWAY >=3]
      """;
  private static final String CAMPAIGN =
      """
      campaign: %s
      title: Brakes
      update: brakes 2.1.0
      author: alice
      urgency: %s
      priority: 50
      %swaves: [{name: all, share: rest}]
      gate: {success: 80%%, pause-on-failure: 15%%, abort-on-failure: 40%%, minimum-reports: 10, silent-after: P7D}
      retry: {attempts: 3, backoff: PT12H}
      """;

  @Test
  void everyoneIsToldWhyAndAllOfItAgrees() throws IOException {
    install();

    assertThat(lines(FITS))
        .containsExactly(
            FITS + "  Brevik 2024, PETROL, DE, built 2023-11-21",
            "  ECUs ABS 2.0.3, GATEWAY 3.0.0",
            "campaign recall  DRAFT, IMMEDIATE, priority 50: brakes 2.1.0, consent BY_OWNER",
            "  ELIGIBLE",
            "  next: it is planned into a wave once the campaign is submitted and approved",
            "campaign later  DRAFT, SCHEDULED, priority 50: brakes 2.1.0, consent BY_OWNER",
            "  ELIGIBLE",
            "    OUTSIDE_WINDOW           found region DE, expected a local time from"
                + " 2099-01-01T00:00 to 2099-02-01T00:00",
            "  next: it is planned into a wave once the campaign is submitted and approved");
    assertThat(lines(MISFIT).subList(2, 10))
        .containsExactly(
            "campaign recall  DRAFT, IMMEDIATE, priority 50: brakes 2.1.0, consent BY_OWNER",
            "  INELIGIBLE",
            "    WRONG_MODEL              found Dorelle, expected Brevik (cars.csv line 3)",
            "    WRONG_POWERTRAIN         found ELECTRIC, expected PETROL (cars.csv line 3)",
            "    HARDWARE_UNSUPPORTED     ABS: found B1, version H31, expected A1 (ecus.csv line 4)",
            "    VERSION_TOO_OLD          ABS: found 1.9.0, expected 2.0.x (ecus.csv line 4)",
            "    DEPENDENCY_UNMET         GATEWAY: found none, expected >=3",
            "  next: nothing, as long as the update does not fit");
    assertThat(lines(QUIET))
        .contains("  UNKNOWN", "  next: nothing until it is heard of again")
        .anyMatch(
            line ->
                line.startsWith(
                        "    STALE_DATA               found last heard of at "
                            + longAgo
                            + ", expected an export or a report since ")
                    && line.endsWith("Z (cars.csv line 4)"));

    Map<String, Long> counts = new TreeMap<>();
    for (String vin : List.of(FITS, MISFIT, QUIET)) {
      // In lower case, as people type it.
      Ended ended = run("explain", vin.toLowerCase(Locale.ROOT), "--json");
      assertThat(ended.status()).isZero();
      assertThat(ended.out()).hasLineCount(1);
      JsonNode json = JsonMapper.shared().readTree(ended.out());
      agrees(json, String.join("\n", lines(vin)));
      for (JsonNode campaign : json.get("campaigns")) {
        JsonNode assessment = campaign.get("assessment");
        String verdict =
            assessment.get("campaign").asString() + "," + assessment.get("verdict").asString();
        for (JsonNode finding : assessment.get("findings")) {
          counts.merge(verdict + "," + finding.get("reason").asString(), 1L, Long::sum);
        }
      }
    }
    assertThat(counts).isEqualTo(reported());

    Ended unknown = run("explain", "WVWKP2BR3RW000009");
    assertThat(unknown.err())
        .isEqualTo("convoy: WVWKP2BR3RW000009: found no such vehicle in the fleet\n");
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.status()).isEqualTo(2);
  }

  /** Three cars, an update, and two campaigns of which one has its window far ahead; one night. */
  private void install() throws IOException {
    assertThat(run("init").status()).isZero();
    Path home = folder.resolve("home");
    deliver(
        "cars.csv",
        """
        vin,model,model_year,powertrain,region,manufactured_on,exported_at
        %s,Brevik,2024,PETROL,DE,2023-11-21,%s
        %s,Dorelle,2024,ELECTRIC,SE,2023-11-23,%s
        %s,Brevik,2024,PETROL,DE,2023-11-25,%s
        """
            .formatted(FITS, told, MISFIT, told, QUIET, longAgo));
    deliver(
        "ecus.csv",
        """
        vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at
        %s,ABS,S1,A1,H31,2.0.3,CAN_FD,%s
        %s,GATEWAY,S2,G1,H08,3.0.0,CAN_FD,%s
        %s,ABS,S3,B1,H31,1.9.0,CAN_FD,%s
        %s,ABS,S4,A1,H31,2.0.3,CAN_FD,%s
        %s,GATEWAY,S5,G1,H08,3.0.0,CAN_FD,%s
        """
            .formatted(FITS, told, FITS, told, MISFIT, told, QUIET, longAgo, QUIET, longAgo));
    Files.writeString(home.resolve("updates/abs.bin"), "abs");
    Files.writeString(home.resolve("updates/brakes.yaml"), UPDATE);
    Files.writeString(
        home.resolve("campaigns/recall.yaml"), CAMPAIGN.formatted("recall", "IMMEDIATE", ""));
    Files.writeString(
        home.resolve("campaigns/later.yaml"),
        CAMPAIGN.formatted(
            "later", "SCHEDULED", "window: {begins: 2099-01-01T00:00, ends: 2099-02-01T00:00}\n"));
    Ended nightly = run("nightly");
    assertThat(nightly.status()).as(nightly.err()).isZero();
  }

  private void deliver(String name, String text) throws IOException {
    Path file = folder.resolve("home/inbox/manufacturing").resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-11-20T22:00:00Z")));
  }

  private List<String> lines(String vin) {
    Ended ended = run("explain", vin);
    assertThat(ended.status()).as(ended.err()).isZero();
    List<String> lines = ended.out().lines().toList();
    assertThat(lines).as("one screen").hasSizeLessThan(24);
    return lines;
  }

  /** The text says of every campaign what the JSON says. */
  private static void agrees(JsonNode json, String text) {
    assertThat(text).startsWith(json.at("/vehicle/vin").asString());
    for (JsonNode ecu : json.get("ecus")) {
      assertThat(text)
          .contains(ecu.get("module").asString() + " " + ecu.get("softwareVersion").asString());
    }
    StringBuilder campaigns = new StringBuilder();
    for (JsonNode campaign : json.get("campaigns")) {
      campaigns.append(campaign.at("/assessment/verdict").asString()).append('\n');
      for (JsonNode finding : campaign.at("/assessment/findings")) {
        campaigns
            .append("%-24s ".formatted(finding.get("reason").asString()))
            .append(finding.get("module").isNull() ? "" : finding.get("module").asString() + ": ")
            .append("found ")
            .append(finding.get("found").asString())
            .append(", expected ")
            .append(finding.get("expected").asString());
        if (!finding.get("sourceFile").isNull()) {
          campaigns.append(
              " (%s line %d)"
                  .formatted(
                      finding.get("sourceFile").asString(), finding.get("sourceLine").asLong()));
        }
        campaigns.append('\n');
      }
      campaigns.append("next: ").append(campaign.get("next").asString()).append('\n');
    }
    assertThat(
            text.lines()
                .filter(line -> line.startsWith("  ") && !line.startsWith("  ECUs"))
                .map(ExplainCommandTest::withoutTheTimeOfAsking)
                .toList())
        .isEqualTo(
            campaigns.toString().lines().map(ExplainCommandTest::withoutTheTimeOfAsking).toList());
  }

  /** The two were asked for one after the other: a year before now may be another second. */
  private static String withoutTheTimeOfAsking(String line) {
    return line.strip().replaceAll("report since \\S+Z", "report since then");
  }

  /** The night's counts by campaign, verdict and reason. */
  private Map<String, Long> reported() throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    try (Stream<Path> runs = Files.list(folder.resolve("home/reports"))) {
      Path report = runs.findFirst().orElseThrow().resolve("ineligibility.csv");
      Files.readAllLines(report).stream()
          .skip(1)
          .forEach(
              line -> {
                int last = line.lastIndexOf(',');
                counts.put(line.substring(0, last), Long.valueOf(line.substring(last + 1)));
              });
    }
    return counts;
  }
}

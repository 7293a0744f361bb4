package convoy.scheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does about rejected rows, from the first look to the night that takes them. */
class QuarantineCommandTest extends CommandTest {
  private static final String HEADER =
      "vin,model,model_year,powertrain,region,manufactured_on,exported_at\n";
  private static final String GOOD =
      "WVWKP2BR3RW000001,Brevik,2024,PETROL,DE,2023-11-21,2025-11-20T22:00:00Z\n";
  private static final String REGION =
      "WVWCE2DR6RW000002,Brevik,2024,PETROL,Eur\u202Eope,2023-11-21,2025-11-20T22:00:00Z\n";
  private static final String YEAR_AND_DATE =
      "WVWKP2BR3RW000001,Brevik,MY24,PETROL,DE,31.02.2023,2025-11-20T22:00:00Z\n";

  private Path deliver(String name, String text) throws IOException {
    Path file = folder.resolve("home/inbox/manufacturing").resolve(name);
    Files.writeString(file, text);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-11-20T22:00:00Z")));
  }

  @Test
  void aFileWithFaultsIsListedShownSentAndTakenIn() throws IOException {
    assertThat(run("init").status()).isZero();
    deliver("cars.csv", HEADER + GOOD + REGION + YEAR_AND_DATE);
    deliver("odd.csv", "vin;colour\nx;red\n");
    assertThat(run("nightly").status()).isEqualTo(4);

    Ended list = run("quarantine", "list");
    assertThat(list.out().replaceAll("[0-9a-f]{8}  |20\\S+Z", "*"))
        .isEqualTo(
            """
            *odd.csv                              *  refused; open
            *cars.csv                             *  3 rows read, 2 quarantined: 1 DATE, 1 MODEL_YEAR, 1 REGION; open
            """);
    String hash = list.out().lines().skip(1).findFirst().orElseThrow().substring(0, 8);

    Ended show = run("quarantine", "show", hash, "--limit", "1");
    assertThat(show.out().lines().skip(1))
        .containsExactly(
            "line 3: REGION: region 'Eur\\u202Eope': expected two letters, such as DE",
            "    WVWCE2DR6RW000002,Brevik,2024,PETROL,Eur\\u202Eope,2023-11-21,2025-11-20T22:00:00Z",
            "and 1 row more: --limit 2 shows them");
    assertThat(run("quarantine", "show", "cars.csv", "--rule", "DATE").out().lines().skip(1))
        .containsExactly(
            "line 4: DATE: manufactured_on '31.02.2023': expected a date such as 2026-01-31 or"
                + " 31.01.2026",
            "    " + YEAR_AND_DATE.strip());
    String rejects = hash + "-cars.csv.rejects.csv";
    assertThat(run("quarantine", "show", rejects, "--csv").out())
        .isEqualToNormalizingNewlines(
            Files.readString(folder.resolve("home/quarantine").resolve(rejects)));
    JsonNode json =
        JsonMapper.shared().readTree(run("quarantine", "show", "cars.csv", "--json").out());
    assertThat(json.get("rowsQuarantined").asInt()).isEqualTo(2);
    assertThat(json.get("faults"))
        .extracting(fault -> fault.get("line").asInt() + " " + fault.get("rule").asString())
        .containsExactly("3 REGION", "4 DATE", "4 MODEL_YEAR");
    assertThat(json.get("faults").get(0).get("raw").asString()).isEqualTo(REGION.strip());

    Ended wrong = run("quarantine", "show", "car.csv");
    assertThat(wrong.err())
        .isEqualTo(
            "convoy: 'car.csv': found nothing rejected of such a file, expected one of ./convoy"
                + " quarantine list\n");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(run("quarantine", "list", "--run", "tonight").status()).isEqualTo(2);

    Ended sent = run("quarantine", "resubmit", "cars.csv");
    assertThat(sent.out().replaceAll("\\d{8}T\\d{6}Z", "*"))
        .isEqualTo(
            "2 rows of cars.csv: in inbox/manufacturing/cars.csv.resubmit-*.csv; the next run"
                + " takes it in\n");
    assertThat(run("quarantine", "resubmit", "cars.csv").status()).isEqualTo(2);
    assertThat(run("quarantine", "list").out())
        .containsPattern("cars\\.csv .* 1 REGION; resubmitted on \\S+Z: 2 rows\n");
    assertThat(run("audit", "list").out()).contains("QUARANTINE_SENT");
    assertThat(run("audit", "verify").status()).isZero();

    // A run that starts at once takes it in: it was put there whole. The same name comes once more,
    // with other bytes: a name alone no longer says which.
    deliver("cars.csv", HEADER + YEAR_AND_DATE);
    Ended nightly = run("nightly");
    assertThat(nightly.out().replaceAll("\\d{8}T\\d{6}Z", "*"))
        .contains("cars.csv.resubmit-*.csv: 2 rows read, 0 accepted, 0 unchanged, 2 quarantined\n");
    assertThat(nightly.status()).isZero();

    Ended several = run("quarantine", "show", "cars.csv");
    assertThat(several.err())
        .startsWith("convoy: 'cars.csv': found several, expected one of them: ")
        .contains(hash + "-cars.csv of ");
    assertThat(run("quarantine", "show", hash).status()).isZero();
    try (Stream<Path> inbox = Files.list(folder.resolve("home/inbox/manufacturing"))) {
      assertThat(inbox).isEmpty();
    }
  }
}

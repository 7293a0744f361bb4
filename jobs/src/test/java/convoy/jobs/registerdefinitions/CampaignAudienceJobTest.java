package convoy.jobs.registerdefinitions;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * A campaign's audience is looked at when it is registered, and its lists are kept as they are
 * then.
 */
class CampaignAudienceJobTest {
  @TempDir Path folder;
  private JobHarness jobs;
  private Path campaigns;

  @BeforeEach
  void start() throws IOException {
    TestHome.install(folder, "campaign: {max-share: 50%, max-share-from: 4}");
    TestHome.writeDefinitions(folder);
    jobs = new JobHarness(folder);
    campaigns = jobs.home().campaigns();
    Files.delete(campaigns.resolve("infotainment-2026-12.yaml"));
    jobs.with(store -> "made");
    for (int i = 1; i <= 4; i++) {
      jobs.sql()
          .change(
              "insert into vehicle values ('WVWHD3AL7SW00000%d', '%s', 2025, 'PETROL', 'DE', null, null, date '2025-03-01', null, timestamp '2026-11-01', 1, 1, null)"
                  .formatted(i, i == 4 ? "Elvas" : "Aldera"));
    }
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void aListIsKeptAsItWasWhenTheCampaignWasRegistered() throws IOException {
    audience("vins: recall.csv");
    Path list = campaigns.resolve("recall.csv");
    Files.writeString(list, "vin\nWVWHD3AL7SW000002\nWVWHD3AL7SW000009\n");
    assertRegisters(
        "run-1",
        0,
        """
            campaign brake-hold-2026-11 registered
            campaign brake-hold-2026-11: warning: vins recall.csv: 1 of its 2 VINs are not in the fleet\
            """);
    assertThat(jobs.sql().rows("select * from campaign_vin order by vin"))
        .containsExactly(
            "brake-hold-2026-11|ONLY|WVWHD3AL7SW000002",
            "brake-hold-2026-11|ONLY|WVWHD3AL7SW000009");

    Files.writeString(list, "WVWHD3AL7SW000009\nWVWHD3AL7SW000002\n");
    assertRegisters("run-2", 0, "1 campaign known before");
    Files.delete(list);
    assertRegisters("run-3", 0, "1 campaign known before");
    Files.writeString(list, "WVWHD3AL7SW000001\n");
    assertRegisters(
        "run-4",
        1,
        "campaign refused: brake-hold-2026-11.yaml: campaign brake-hold-2026-11 is registered with other content, expected a new id for changed content");
  }

  @Test
  void aListThatIsMissingWrongOrOfOtherVehiclesIsRefused() throws IOException {
    audience("exclude: sold.csv");
    assertRegisters(
        "run-1",
        1,
        "campaign refused: brake-hold-2026-11.yaml: exclude 'sold.csv': found no such file, expected it beside the definition");
    Files.writeString(campaigns.resolve("sold.csv"), "vin\nWVWHD3AL7SW00000\n");
    assertRegisters(
        "run-2",
        1,
        """
            campaign refused: sold.csv: 1 of 1 rows are wrong: expected a VIN in each, of 17 digits and capital letters without I, O and Q, and each once
              row 2: 'WVWHD3AL7SW00000': 16 characters\
            """);
    Files.writeString(campaigns.resolve("sold.csv"), "vin\nWVWHD3AL7SW000009\n");
    assertRegisters(
        "run-3",
        1,
        "campaign refused: brake-hold-2026-11.yaml: exclude sold.csv: found none of its 1 VINs in the fleet, expected one or more");
    assertThat(
            jobs.sql().rows("select campaign from campaign union all select vin from campaign_vin"))
        .isEmpty();
  }

  @Test
  void anAudienceOfNobodyIsRefused() throws IOException {
    audience("filter: built > 2025-03-01");
    assertRegisters(
        "run-1",
        1,
        "campaign refused: brake-hold-2026-11.yaml: audience: found none of the fleet's 4 vehicles that is in it and of the update's models and powertrains, expected one or more");
  }

  @Test
  void aCampaignForMostOfTheFleetWaitsUntilSomeoneConfirmsIt() {
    assertRegisters(
        "run-1",
        0,
        "campaign left: brake-hold-2026-11.yaml: its audience is 3 of the fleet's 4 vehicles (75.0%), more than campaign.max-share 50%: expected someone to confirm it with --yes");
    assertThat(jobs.sql().rows("select campaign from campaign")).isEmpty();

    assertRegisters(
        RegisterDefinitionsJobConfiguration.confirmed("run-2"),
        0,
        "campaign brake-hold-2026-11 registered");
    assertRegisters("run-3", 0, "1 campaign known before");
  }

  private void audience(String key) throws IOException {
    Path file = campaigns.resolve("brake-hold-2026-11.yaml");
    Files.writeString(file, Files.readString(file) + "audience: {" + key + "}\n");
  }

  private void assertRegisters(String run, long refusals, String lines) {
    assertRegisters(new RunParameters(run, null).toJobParameters(), refusals, lines);
  }

  /** Looks at what was said of campaigns alone. */
  private void assertRegisters(JobParameters parameters, long refusals, String lines) {
    JobExecution execution =
        JobHarness.completed(jobs.run(RegisterDefinitionsJobConfiguration.JOB, parameters));
    assertThat(
            JobHarness.summary(execution)
                .lines()
                .filter(line -> !line.matches("(update|clear images|2 updates) .*"))
                .collect(Collectors.joining("\n")))
        .isEqualTo(lines);
    assertThat(JobSummary.refusals(execution)).isEqualTo(refusals);
  }
}

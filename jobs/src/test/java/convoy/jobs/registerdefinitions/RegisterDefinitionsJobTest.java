package convoy.jobs.registerdefinitions;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/** A bad definition is named and does not hold back the others. */
class RegisterDefinitionsJobTest {
  private static final String ALL_REGISTERED =
      """
      update abs-brake-hold 2.1.0 registered
      update infotainment-gateway 5.5.0 registered
      clear images removed, kept encrypted: 3
      campaign brake-hold-2026-11 registered
      campaign infotainment-2026-12 registered\
      """;

  @TempDir Path folder;
  private JobHarness jobs;
  private Path brakes;
  private Path campaign;

  @BeforeEach
  void start() {
    TestHome.install(folder, "");
    TestHome.writeDefinitions(folder);
    jobs = new JobHarness(folder);
    brakes = jobs.home().updates().resolve("abs-brake-hold.yaml");
    campaign = jobs.home().campaigns().resolve("infotainment-2026-12.yaml");
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void theSamplesAreRegisteredOnceAndAreDrafts() {
    assertRegisters("run-1", 0, ALL_REGISTERED);
    assertRegisters("run-2", 0, "2 updates known before\n2 campaigns known before");
    assertThat(jobs.sql().rows("select campaign, state, state_reason from campaign order by all"))
        .containsExactly(
            "brake-hold-2026-11|DRAFT|waits to be submitted",
            "infotainment-2026-12|DRAFT|waits to be submitted");
    List<String> hashes =
        jobs.sql().rows("select image_sha256 from update_image order by update_name, module");
    assertThat(jobs.sql().rows("select act, subject from audit_log order by seq"))
        .containsExactly(
            "IMAGE_STORED|" + hashes.get(0),
            "UPDATE_REGISTERED|abs-brake-hold 2.1.0",
            "IMAGE_STORED|" + hashes.get(1),
            "IMAGE_STORED|" + hashes.get(2),
            "UPDATE_REGISTERED|infotainment-gateway 5.5.0",
            "CAMPAIGN_DRAFT|brake-hold-2026-11",
            "CAMPAIGN_DRAFT|infotainment-2026-12");
  }

  @Test
  void aBadUpdateIsRefusedWithTheCampaignThatNamesIt() throws IOException {
    edit(brakes, ">=2.0.0 <2.1.0", ">=2.0.0 <two");
    assertRegisters(
        "run-1",
        2,
        """
        update refused: abs-brake-hold.yaml line 9 column 11: from (ABS): range '>=2.0.0 <two': \
        'two': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x
        update infotainment-gateway 5.5.0 registered
        clear images removed, kept encrypted: 2
        campaign refused: brake-hold-2026-11.yaml: update 'abs-brake-hold 2.1.0': expected one that \
        is registered, found [infotainment-gateway 5.5.0]
        campaign infotainment-2026-12 registered\
        """);
    assertThat(jobs.sql().rows("select name from update_definition"))
        .containsExactly("infotainment-gateway");
  }

  @Test
  void updatesThatWaitForOneAnotherAreRefusedWithTheirCycle() throws IOException {
    edit(brakes, "release-notes", "requires: [GATEWAY >=3.3.0]\nrelease-notes");
    edit(
        jobs.home().updates().resolve("infotainment-gateway.yaml"),
        "TELEMATICS >=2.4.0",
        "ABS >=2.1.0");
    assertRegisters(
        "run-1",
        2,
        """
        update abs-brake-hold 2.1.0 registered
        update refused: infotainment-gateway.yaml: requires: expected updates that do not wait for \
        one another, found infotainment-gateway 5.5.0 requires ABS >=2.1.0, which abs-brake-hold \
        2.1.0 installs; abs-brake-hold 2.1.0 requires GATEWAY >=3.3.0, which infotainment-gateway \
        5.5.0 installs
        clear images removed, kept encrypted: 1
        campaign brake-hold-2026-11 registered
        campaign refused: infotainment-2026-12.yaml: update 'infotainment-gateway 5.5.0': expected \
        one that is registered, found [abs-brake-hold 2.1.0]\
        """);
  }

  @Test
  void aMissingImage() throws IOException {
    Files.delete(jobs.home().updates().resolve("images/abs-2.1.0.bin"));
    assertImageRefused("found no such file, expected it beside or below the definition");
  }

  @Test
  void anEmptyImage() throws IOException {
    Files.write(jobs.home().updates().resolve("images/abs-2.1.0.bin"), new byte[0]);
    assertImageRefused("found an empty file, expected the module's software");
  }

  /** By its size, which a file without content has too: nobody waits until it is read. */
  @Test
  void anImageThatIsTooLarge() throws IOException {
    Path image = jobs.home().updates().resolve("images/abs-2.1.0.bin");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((4L << 30) + 1);
    }
    assertImageRefused("found 4,294,967,297 bytes, expected at most 4,294,967,296");
  }

  private void assertImageRefused(String message) {
    assertRegisters(
        "run-1",
        2,
        """
        update refused: abs-brake-hold.yaml: image 'images/abs-2.1.0.bin': %s
        update infotainment-gateway 5.5.0 registered
        clear images removed, kept encrypted: 2
        campaign refused: brake-hold-2026-11.yaml: update 'abs-brake-hold 2.1.0': expected one that \
        is registered, found [infotainment-gateway 5.5.0]
        campaign infotainment-2026-12 registered\
        """
            .formatted(message));
  }

  @Test
  void anUpdateOfTheSameNameAndVersionWithOtherContent() throws IOException {
    assertRegisters("run-1", 0, ALL_REGISTERED);
    edit(brakes, "Brake hold releases late", "Brake hold releases too late");
    assertRegisters(
        "run-2",
        1,
        """
        update refused: abs-brake-hold.yaml: update abs-brake-hold 2.1.0 is registered with other \
        content, expected a new version for changed content
        1 update known before
        2 campaigns known before\
        """);
  }

  @Test
  void anUpdateWhoseImageHasOtherBytesThanBefore() throws IOException {
    assertRegisters("run-1", 0, ALL_REGISTERED);
    Files.writeString(jobs.home().updates().resolve("images/abs-2.1.0.bin"), "other software");
    assertRegisters(
        "run-2",
        1,
        """
        update refused: abs-brake-hold.yaml: update abs-brake-hold 2.1.0 is registered with other \
        content, expected a new version for changed content
        1 update known before
        2 campaigns known before\
        """);
  }

  @Test
  void aCampaignOfTheSameIdWithOtherContent() throws IOException {
    assertRegisters("run-1", 0, ALL_REGISTERED);
    edit(campaign, "priority: 40", "priority: 41");
    assertRegisters(
        "run-2",
        1,
        """
        2 updates known before
        campaign refused: infotainment-2026-12.yaml: campaign infotainment-2026-12 is registered \
        with other content, expected a new id for changed content
        1 campaign known before\
        """);
    assertThat(jobs.sql().rows("select priority from campaign where urgency = 'SCHEDULED'"))
        .containsExactly("40");
  }

  @Test
  void aCampaignWithAMalformedThreshold() throws IOException {
    edit(campaign, "pause-on-failure: 10%", "pause-on-failure: ten");
    assertRegisters(
        "run-1",
        1,
        """
        update abs-brake-hold 2.1.0 registered
        update infotainment-gateway 5.5.0 registered
        clear images removed, kept encrypted: 3
        campaign brake-hold-2026-11 registered
        campaign refused: infotainment-2026-12.yaml line 16 column 21: pause-on-failure 'ten': \
        expected a share from 0% to 100% such as 12.5%, or a number of vehicles such as '20 vehicles'\
        """);
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private void assertRegisters(String run, long refusals, String lines) {
    JobExecution execution =
        JobHarness.completed(
            jobs.run(
                RegisterDefinitionsJobConfiguration.JOB,
                new RunParameters(run, null).toJobParameters()));
    assertThat(JobHarness.summary(execution)).isEqualTo(lines);
    assertThat(JobSummary.refusals(execution)).isEqualTo(refusals);
  }
}

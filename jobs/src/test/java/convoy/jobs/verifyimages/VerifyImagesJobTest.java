package convoy.jobs.verifyimages;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.images.ImageStore;
import convoy.jobs.platform.JobSummary;
import convoy.jobs.platform.RunParameters;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;

/** What is not as it was stored stops the campaigns that need it, and those alone. */
class VerifyImagesJobTest {
  @TempDir Path folder;
  private JobHarness jobs;
  private String brakes;
  private Path kept;

  @BeforeEach
  void start() {
    jobs = new JobHarness(TestHome.install(folder, ""));
    TestHome.writeDefinitions(folder);
    jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
    TestHome.approve(jobs, BRAKES, "bob");
    TestHome.approve(jobs, MEDIA, "alice");
    brakes = jobs.sql().rows("select image_sha256 from update_image where module = 'ABS'").get(0);
    kept = ImageStore.of(jobs.home()).file(brakes);
  }

  @AfterEach
  void stop() {
    jobs.close();
  }

  @Test
  void anImageIsOpenedAgainWhenItsTimeHasCome() {
    assertThat(verify("night-1")).isEqualTo("opened 0 of 3 images");
    jobs.clock().set(JobHarness.NOW.plus(Duration.ofHours(24)));
    assertThat(verify("night-2")).isEqualTo("opened 3 of 3 images");
    assertThat(verify("night-3")).isEqualTo("opened 0 of 3 images");
  }

  @Test
  void eachImageIsListedWithItsUpdatesAndOneOfNoUpdateAlways() {
    JobExecution execution = run(VerifyImagesJobConfiguration.each("now-1"));
    assertThat(JobHarness.summary(execution))
        .startsWith(
            "opened 3 of 3 images\nimage abs-2.1.0.bin "
                + brakes
                + " of abs-brake-hold 2.1.0: verified\nimage ")
        .endsWith(" of infotainment-gateway 5.5.0: verified");
    assertThat(JobSummary.isDistrusted(execution)).isFalse();

    jobs.sql().change("delete from update_image where module = 'ABS'");
    assertThat(verify("night-1"))
        .isEqualTo(
            "opened 0 of 3 images\nimage " + brakes + ", of no registered update: verified before");
    assertThat(kept).exists();
  }

  @Test
  void aMissingImageStopsItsCampaignUntilItIsBack() throws IOException {
    byte[] whole = Files.readAllBytes(kept);
    Files.delete(kept);
    String problem = brakes + ".cms: missing, expected it in the image store";
    JobExecution execution = run(new RunParameters("night-1", null).toJobParameters());
    assertThat(JobHarness.summary(execution))
        .isEqualTo(
            "opened 1 of 3 images\nimage abs-2.1.0.bin "
                + brakes
                + " of abs-brake-hold 2.1.0: NOT WHOLE: "
                + problem
                + "\n"
                + BRAKES
                + ": stopped, not trusted: image abs-2.1.0.bin: "
                + problem);
    assertThat(JobSummary.isDistrusted(execution)).isTrue();
    assertThat(jobs.sql().rows("select campaign, state, state_reason from campaign order by all"))
        .containsExactly(
            BRAKES + "|PAUSED|not trusted: image abs-2.1.0.bin: " + problem,
            MEDIA + "|APPROVED|approved by alice");
    assertThat(
            jobs.sql().rows("select act, subject, after from audit_log order by seq desc limit 2"))
        .containsExactly(
            "CAMPAIGN_PAUSED|" + BRAKES + "|PAUSED: not trusted: image abs-2.1.0.bin: " + problem,
            "IMAGE_DISTRUSTED|" + brakes + "|" + problem);

    Files.write(kept, Arrays.copyOf(whole, whole.length - 1));
    assertThat(verify("night-1a")).contains("NOT WHOLE: " + brakes + ".cms: ");
    Files.write(kept, whole);
    assertThat(verify("night-2")).isEqualTo("opened 1 of 3 images");
    assertThat(jobs.sql().rows("select act, subject from audit_log order by seq desc limit 1"))
        .containsExactly("IMAGE_VERIFIED|" + brakes);
    assertThat(jobs.sql().rows("select state from campaign order by campaign"))
        .containsExactly("PAUSED", "APPROVED");
  }

  /** That says nothing about images: none is called changed, and the run does not go on. */
  @Test
  void aMissingKeyOfTheInstallationFailsTheJob() throws IOException {
    Path key = jobs.home().keys().resolve("images/images.pem");
    Files.delete(key);
    JobExecution execution =
        jobs.run(
            VerifyImagesJobConfiguration.JOB, new RunParameters("night-1", null).toJobParameters());
    assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
    assertThat(execution.getAllFailureExceptions().get(0))
        .hasMessage(key + ": no such file, expected a private key");
    assertThat(jobs.sql().rows("select count(*) from campaign where state = 'PAUSED'"))
        .containsExactly("0");
  }

  private String verify(String run) {
    return jobs.summary(VerifyImagesJobConfiguration.JOB, run);
  }

  private JobExecution run(JobParameters parameters) {
    return JobHarness.completed(jobs.run(VerifyImagesJobConfiguration.JOB, parameters));
  }
}

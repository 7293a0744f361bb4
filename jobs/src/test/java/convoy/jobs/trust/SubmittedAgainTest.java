package convoy.jobs.trust;

import static convoy.jobs.TestHome.BRAKES;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.duckdb.Campaigns;
import convoy.jobs.JobHarness;
import convoy.jobs.TestHome;
import convoy.jobs.TestOperators;
import convoy.jobs.registerdefinitions.RegisterDefinitionsJobConfiguration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmittedAgainTest {
  @Test
  void whatWasSentBackCanBeSubmittedAndApprovedWithinTheSameSecond(@TempDir Path folder) {
    try (JobHarness jobs = new JobHarness(TestHome.install(folder.resolve("home"), ""))) {
      TestHome.writeDefinitions(jobs.home().root());
      jobs.summary(RegisterDefinitionsJobConfiguration.JOB, "night-0");
      TestHome.submit(jobs, BRAKES);
      jobs.with(
          store -> {
            TestOperators.signing(jobs, store)
                .reject(
                    TestOperators.actor("bob"),
                    Campaigns.require(store, BRAKES),
                    "closed that week");
            return BRAKES;
          });

      TestHome.approve(jobs, BRAKES, "bob");

      assertThat(jobs.sql().rows("select state from campaign where campaign = '" + BRAKES + "'"))
          .containsExactly("APPROVED");
      assertThat(
              jobs.sql()
                  .rows(
                      "select act, operator from signed_act where subject like 'campaign%' order by seq"))
          .containsExactly("SUBMITTED|alice", "REJECTED|bob", "SUBMITTED|alice", "APPROVED|bob");
    }
  }
}

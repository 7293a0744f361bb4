package convoy.jobs.issuemanifests;

import static convoy.jobs.TestHome.BRAKES;
import static convoy.jobs.TestHome.MEDIA;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.VerifiedManifest;
import convoy.jobs.JobHarness;
import convoy.jobs.Outbox;
import convoy.jobs.TestHome;
import convoy.jobs.matcheligibility.MatchEligibilityJobConfiguration;
import convoy.jobs.planwaves.PlanWavesJobConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Match, plan and issue on the sample data, with exact counts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleManifestsTest {
  private JobHarness jobs;
  private String matched;
  private String unapproved;
  private String planned;
  private String issued;

  SampleManifestsTest(@TempDir Path root) {
    jobs = new JobHarness(TestHome.install(root, "manifests:\n  chunk-vehicles: 10\n"));
    TestHome.fill(jobs, JobHarness.samples());
    matched = jobs.summary(MatchEligibilityJobConfiguration.JOB, "night-1");
    unapproved =
        jobs.summary(PlanWavesJobConfiguration.JOB, "night-1")
            + "\n"
            + jobs.summary(IssueManifestsJobConfiguration.JOB, "night-1");
    assertThat(Outbox.shards(jobs.home().outbox())).isEmpty();
    TestHome.approve(jobs, BRAKES, "bob");
    TestHome.approve(jobs, MEDIA, "alice");
    planned = jobs.summary(PlanWavesJobConfiguration.JOB, "night-2");
    issued = jobs.summary(IssueManifestsJobConfiguration.JOB, "night-2");
  }

  @AfterAll
  void stop() {
    jobs.close();
  }

  @Test
  void eligibleVehiclesAreThoseThatTheUpdatesFit() {
    assertThat(matched)
        .isEqualTo(
            BRAKES
                + ": 262 eligible, 738 ineligible of 1,000 vehicles\n"
                + MEDIA
                + ": 183 eligible, 817 ineligible of 1,000 vehicles");
    // The same questions in words of their own: releases by name, not by key.
    assertThat(
            jobs.sql()
                .rows(
                    """
                    select vin from vehicle join ecu using (vin)
                    where module = 'ABS' and model in ('Aldera', 'Brevik', 'Corvena')
                      and hardware_part in ('5Q0-614-517-B', '5Q0-614-517-C')
                      and software_version in ('2.0.0', '2.0.3', '2.0.5')
                    order by vin\
                    """))
        .isEqualTo(eligible(BRAKES));
    assertThat(
            jobs.sql()
                .rows(
                    """
                    select vin from vehicle v join ecu g using (vin) join ecu i using (vin)
                    where region in ('DE', 'FR', 'IT', 'ES', 'NL', 'AT', 'PL', 'SE', 'NO', 'GB', 'CN')
                      and g.module = 'GATEWAY' and g.software_version in ('3.1.0', '3.1.4', '3.2.0', '3.2.1')
                      and i.module = 'INFOTAINMENT' and i.hardware_part = '3G0-035-820-C'
                      and i.software_version in ('5.3.1', '5.4.0', '5.4.1', '5.4.2')
                    order by vin\
                    """))
        .isEqualTo(eligible(MEDIA));
  }

  private List<String> eligible(String campaign) {
    return jobs.sql()
        .rows("select vin from eligible where campaign = '%s' order by vin".formatted(campaign));
  }

  @Test
  void nothingIsIssuedForACampaignThatIsNotApproved() {
    assertThat(unapproved)
        .isEqualTo(
            """
            brake-hold-2026-11: a draft, waits to be submitted
            infotainment-2026-12: a draft, waits to be submitted
            no running campaign\
            """);
  }

  @Test
  void wavesHoldEveryEligibleVehicleOnce() {
    assertThat(planned)
        .isEqualTo(
            BRAKES
                + ": planned in waves: canary 27, early 105, all 130\n"
                + MEDIA
                + ": planned in waves: canary 25, early 55, all 103");
    assertThat(jobs.sql().rows("select campaign, vin from assignment order by all"))
        .isEqualTo(jobs.sql().rows("select campaign, vin from eligible order by all"));
    assertThat(jobs.sql().rows("select campaign, wave, state from wave order by all"))
        .containsExactly(
            BRAKES + "|1|RELEASED",
            BRAKES + "|2|PLANNED",
            BRAKES + "|3|PLANNED",
            MEDIA + "|1|RELEASED",
            MEDIA + "|2|PLANNED",
            MEDIA + "|3|PLANNED");
  }

  @Test
  void everyVehicleOfTheFirstWavesHasItsManifestAndNoOther() {
    assertThat(issued)
        .isEqualTo(BRAKES + ": 27 manifests to issue\n" + MEDIA + ": 25 manifests to issue");
    assertThat(
            jobs.sql()
                .rows(
                    "select campaign, wave, state, attempt, waiting_for, count(*) from assignment"
                        + " group by all order by all"))
        .containsExactly(
            BRAKES + "|1|ISSUED|1|-|27",
            BRAKES + "|2|PLANNED|0|-|105",
            BRAKES + "|3|PLANNED|0|-|130",
            MEDIA + "|1|ISSUED|1|-|25",
            MEDIA + "|2|PLANNED|0|-|55",
            MEDIA + "|3|PLANNED|0|-|103");
    assertThat(jobs.sql().rows("select campaign, state from campaign order by all"))
        .containsExactly(BRAKES + "|RUNNING", MEDIA + "|RUNNING");
  }

  @Test
  void everyShardIsVerifiedAndNamesEachVehicleOnceWithItsOwnEcus() {
    List<VerifiedManifest> manifests =
        Outbox.manifests(jobs.home().outbox(), JobHarness.NOW.plus(Duration.ofDays(29)));
    assertThat(manifests).extracting(VerifiedManifest::vin).doesNotHaveDuplicates();
    assertThat(manifests).allMatch(m -> m.version() == 1 && m.attempt() == 1 && m.wave() == 1);
    assertThat(manifests.stream().map(m -> m.campaign() + "|" + m.vin()).sorted())
        .isEqualTo(
            jobs.sql()
                .rows("select campaign, vin from assignment where state = 'ISSUED' order by all"));
    assertThat(manifests.stream().flatMap(m -> m.targets().stream().map(t -> line(m, t))).sorted())
        .isEqualTo(
            jobs.sql()
                .rows(
                    """
                    select m.vin, t.module, e.serial, e.hardware_part, t.to_version, i.image_sha256
                    from assignment m join campaign using (campaign)
                    join update_target t using (update_name, update_version)
                    join update_image i using (update_name, update_version, module)
                    join ecu e on e.vin = m.vin and e.module = t.module
                    where m.state = 'ISSUED'
                    order by all\
                    """));
    assertThat(Outbox.shards(jobs.home().outbox())).hasSize(6);
  }

  private static String line(VerifiedManifest manifest, ManifestTarget target) {
    return String.join(
        "|",
        manifest.vin(),
        target.image().module(),
        target.ecuSerial(),
        target.hardwareId(),
        target.image().version(),
        target.image().sha256());
  }
}

package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.status.StatusColumn;
import convoy.jobs.JobHarness;
import convoy.jobs.input.Archive;
import convoy.jobs.input.InputParameters;
import convoy.jobs.platform.JobSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;

/** Events that nothing here stands for go to quarantine; the others count. */
class RejectedEventsTest extends RunningCampaign {
  RejectedEventsTest(@TempDir Path folder) {
    super(folder);
  }

  @Test
  void anUnknownVehicleCampaignOrAssignment() throws IOException {
    String planned =
        jobs.sql().rows("select vin from assignment where wave = 2 order by vin").get(0);
    Path file =
        log(
            "e1,2026-11-21T02:30:00Z,WVWCE2DR6RW999999,ABS,brakes,1,1,INSTALLED,2.1.0,,",
            "e2,2026-11-21T02:30:00Z," + vins.get(0) + ",ABS,none,1,1,INSTALLED,2.1.0,,",
            "e3,2026-11-21T02:30:00Z," + planned + ",ABS,brakes,1,1,INSTALLED,2.1.0,,",
            "e4,2026-11-21T02:30:00Z," + vins.get(0) + ",ABS,brakes,1,1,INSTALLED,2.1.0,,");
    InputParameters input = InputParameters.of(file, "night-1");
    assertThat(
            JobHarness.summary(
                JobHarness.completed(
                    jobs.run(ReadStatusLogJobConfiguration.JOB, input.toJobParameters()))))
        .isEqualTo("s.csv: 4 rows read, 1 accepted, 0 unchanged, 3 quarantined");
    assertThat(Files.readString(Archive.rejectsFile(input, jobs.home().quarantine())))
        .isEqualTo(
            """
            file,sheet,line,column,rule,found,expected,message,raw
            s.csv,,2,vin,UNKNOWN_VEHICLE,WVWCE2DR6RW999999,the VIN of a vehicle in the fleet,\
            s.csv line 2: vin 'WVWCE2DR6RW999999': expected the VIN of a vehicle in the fleet,\
            "e1,2026-11-21T02:30:00Z,WVWCE2DR6RW999999,ABS,brakes,1,1,INSTALLED,2.1.0,,"
            s.csv,,3,campaign,UNKNOWN_CAMPAIGN,none,a campaign that is registered here,\
            s.csv line 3: campaign 'none': expected a campaign that is registered here,\
            "e2,2026-11-21T02:30:00Z,%1$s,ABS,none,1,1,INSTALLED,2.1.0,,"
            s.csv,,4,vin,UNKNOWN_ASSIGNMENT,%2$s in brakes,a vehicle that the campaign was issued to,\
            s.csv line 4: vin '%2$s in brakes': expected a vehicle that the campaign was issued to,\
            "e3,2026-11-21T02:30:00Z,%2$s,ABS,brakes,1,1,INSTALLED,2.1.0,,"
            """
                .formatted(vins.get(0), planned)
                .replace("\n", "\r\n"));
    reconcile("night-1");
    assertThat(
            jobs.sql()
                .rows(
                    "select state, count(*) from assignment where wave = 1 group by all order by"
                        + " all"))
        .containsExactly("INSTALLED|1", "ISSUED|9");
    assertThat(jobs.sql().rows("select state from assignment where vin = '" + planned + "'"))
        .containsExactly("PLANNED");
  }

  @Test
  void anUnknownModuleOrVersionOrATimeToCome() {
    Path file =
        log(
            "e1,2026-11-21T02:30:00Z," + vins.get(0) + ",ABX,brakes,1,1,INSTALLED,2.1.0,,",
            "e2,2026-11-21T02:30:00Z," + vins.get(0) + ",ABS,brakes,1,1,INSTALLED,v2..1,,",
            "e3,2027-11-21T02:30:00Z," + vins.get(0) + ",ABS,brakes,1,1,INSTALLED,2.1.0,,");
    take(file);
    assertThat(
            jobs.sql()
                .rows(
                    "select line, column_name, rule, found, expected from quarantine order by"
                        + " line"))
        .containsExactly(
            "2|module|MODULE_UNKNOWN|ABX|one of ABS, AIRBAG, BATTERY, BCM, CAMERA, CHARGER,"
                + " CLIMATE, CLUSTER, ENGINE, GATEWAY, INFOTAINMENT, INVERTER, PARKING, RADAR,"
                + " STEERING, TELEMATICS, TRANSMISSION",
            "3|reported_version|SOFTWARE_VERSION|v2..1|a version such as 2.1.0",
            "4|at|EVENT_TIME|2027-11-21T02:30:00Z|a time not after 2026-11-23T01:30:00Z");
  }

  @Test
  void aLogWithoutItsColumnsIsRefused() {
    Path file = writeText(jobs.home().inboxStatus().resolve("s.csv"), "vin,state\nx,y\n");
    JobExecution execution = take(file);
    assertThat(JobHarness.summary(execution))
        .isEqualTo(
            "s.csv: refused: s.csv line 1: the header lacks column 'event_id', expected "
                + StatusColumn.headerLine());
    assertThat(JobSummary.refusals(execution)).isEqualTo(1);
  }

  private JobExecution take(Path file) {
    return JobHarness.completed(jobs.take(ReadStatusLogJobConfiguration.JOB, file, "night-1"));
  }

  private Path log(String... rows) {
    return writeText(
        jobs.home().inboxStatus().resolve("s.csv"),
        StatusColumn.headerLine() + "\n" + String.join("\n", rows) + "\n");
  }
}

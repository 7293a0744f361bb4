package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.status.ReportedState;
import convoy.jobs.JobHarness;
import convoy.jobs.auditinventory.AuditInventoryJobConfiguration;
import convoy.jobs.importvehicles.ImportVehiclesJobConfiguration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit says of ECUs of which vehicles report one thing and exports another. */
class AuditedReportsTest extends RunningCampaign {
  AuditedReportsTest(@TempDir Path folder) {
    super(folder);
  }

  private String audit(String run) {
    return jobs.summary(AuditInventoryJobConfiguration.JOB, run);
  }

  private String example(String check) {
    return jobs.sql()
        .rows(
            "select vin, module, found, expected from audit_example where check_id = '"
                + check
                + "'")
        .get(0);
  }

  /** A workshop's export of the n-th vehicle's brakes, with the unit's own serial. */
  private void export(int vehicle, String version, String exportedAt) {
    String ecu =
        jobs.sql()
            .rows(
                "select concat_ws(',', vin, module, serial, hardware_part, hardware_version, '%s', protocol, '%s')"
                        .formatted(version, exportedAt)
                    + " from ecu where module = 'ABS' and vin = '%s'".formatted(vins.get(vehicle)))
            .get(0);
    Path file =
        writeText(
            jobs.home().inboxManufacturing().resolve("workshop.csv"),
            "vin,module,serial,hardware_part,hardware_version,software_version,protocol,exported_at\n"
                + ecu
                + "\n");
    JobHarness.completed(jobs.take(ImportVehiclesJobConfiguration.JOB, file, "workshop"));
  }

  @Test
  void theSampleFleetHasNoFindingsNorHasAnUpdateThatWasInstalled() {
    assertThat(audit("night-1")).isEmpty();
    report("a.csv", installed(0, 60, 1), installed(1, 60, 1));
    assertThat(audit("night-2")).isEmpty();
  }

  @Test
  void aVersionThatNoManifestNamedDriftsAndNoReleaseKnowsIt() {
    report("a.csv", event(0, 60, 1, ReportedState.INSTALLED, "2.0.9", null));
    assertThat(audit("night-1"))
        .isEqualTo("WARN UNKNOWN_RELEASE: 1 of 569 ECUs\nWARN DRIFT: 1 of 569 ECUs");
    assertThat(example("DRIFT"))
        .isEqualTo(
            vins.get(0)
                + "|ABS|the vehicle reported 2.0.9 at 2026-11-21T02:30:00Z|"
                + "2.0.5, as an export said at 2026-11-20T22:00:00Z, or an update since that names 2.0.9");
  }

  @Test
  void aWorkshopThatGoesBackIsFoundAndSettledByTheVehiclesOwnReport() {
    report("a.csv", installed(0, 60, 1));
    export(0, "2.0.3", "2026-11-21T08:00:00Z");
    assertThat(audit("night-1"))
        .isEqualTo("ERROR WENT_BACKWARDS: 1 of 569 ECUs\nWARN DRIFT: 1 of 569 ECUs");
    assertThat(example("WENT_BACKWARDS"))
        .isEqualTo(
            vins.get(0)
                + "|ABS|2.0.3 at 2026-11-21T08:00:00Z|2.1.0 or later, as at 2026-11-21T02:30:00Z,"
                + " or a manifest since that names 2.0.3");
    assertThat(example("DRIFT"))
        .isEqualTo(
            vins.get(0)
                + "|ABS|the vehicle reported 2.1.0 at 2026-11-21T02:30:00Z|"
                + "2.0.3, as an export said at 2026-11-21T08:00:00Z, or an update since that names 2.1.0");
    report("b.csv", installed(0, 600, 1));
    assertThat(audit("night-2")).isEmpty();
  }

  @Test
  void anExportThatConfirmsTheReportSettlesIt() {
    report("a.csv", event(0, 60, 1, ReportedState.INSTALLED, "2.0.9", null));
    export(0, "2.0.9", "2026-11-21T08:00:00Z");
    assertThat(audit("night-1")).isEmpty();
  }
}

package convoy.writers.report;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report as management gets it, small. */
final class SampleReport {
  static final String TITLE = "Update campaigns";
  static final Instant AT = Instant.parse("2026-03-01T05:00:00Z");
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private SampleReport() {}

  static ReportTable campaigns() {
    return new ReportTable(
        "campaigns",
        "Assignments by campaign and state, in vehicles",
        List.of(
            new ReportColumn("Campaign", ColumnKind.TEXT),
            new ReportColumn("Urgent", ColumnKind.TEXT),
            new ReportColumn("Started", ColumnKind.DATE),
            new ReportColumn("Planned", ColumnKind.COUNT),
            new ReportColumn("Issued", ColumnKind.COUNT),
            new ReportColumn("In progress", ColumnKind.COUNT),
            new ReportColumn("Installed", ColumnKind.COUNT),
            new ReportColumn("Failed", ColumnKind.COUNT),
            new ReportColumn("Cancelled", ColumnKind.COUNT),
            new ReportColumn("Installed share", ColumnKind.PERCENT),
            new ReportColumn("Last status event", ColumnKind.TIMESTAMP)),
        List.of(
            row(
                "Brake controller 2.1.0",
                true,
                LocalDate.of(2026, 2, 2),
                1200,
                48_210L,
                3_120L,
                1_204_377L,
                812L,
                0L,
                0.958,
                Instant.parse("2026-03-01T04:58:12Z")),
            row(
                "Battery management 5.12.00",
                false,
                LocalDate.of(2026, 2, 16),
                310_000L,
                120_500L,
                40_100L,
                210_900L,
                3_305L,
                0L,
                0.308,
                Instant.parse("2026-02-28T23:10:00Z")),
            row("Infotainment MU0612", false, null, 640_000L, 0L, 0L, 0L, 0L, 0L, 0.0, null)));
  }

  static ReportTable failures() {
    return new ReportTable(
        "failures-by-cause",
        "Failed assignments by cause, in vehicles",
        List.of(
            new ReportColumn("Cause", ColumnKind.TEXT),
            new ReportColumn("Vehicles", ColumnKind.COUNT)),
        List.of(
            row("Download interrupted", 1_911L),
            row("Battery too low during installation", 1_204L),
            row("Image hash does not match", 12L),
            row("=HYPERLINK(\"http://example.invalid\")", 3L)));
  }

  static ReportTable ineligible() {
    return new ReportTable(
        "ineligible-by-reason",
        "Vehicles not eligible, by reason",
        List.of(
            new ReportColumn("Reason", ColumnKind.TEXT),
            new ReportColumn("Vehicles", ColumnKind.COUNT),
            new ReportColumn("What it means", ColumnKind.TEXT)),
        List.of(
            row("HARDWARE", 84_000L, "The module's hardware is not one that the update supports."),
            row("VERSION_RANGE", 61_250L, "The version is outside of the update's range."),
            row("REGION", 22_000L, "Not released for the vehicle's region."),
            row(
                "COMPETING_CAMPAIGN",
                4_020L,
                "Another campaign with a higher urgency or priority has an open manifest for the"
                    + " same module of the same vehicle; it waits until that one is done."),
            row("NO_CERTIFICATE", 310L, null)));
  }

  static List<ReportTable> tables() {
    return List.of(campaigns(), failures(), ineligible());
  }

  static List<ReportChart> charts() {
    return List.of(
        new ReportChart(
            ReportChart.Kind.BAR_STACKED,
            "Assignments by campaign and state",
            "campaigns",
            "Campaign",
            List.of("Planned", "Issued", "In progress", "Installed", "Failed", "Cancelled")),
        new ReportChart(
            ReportChart.Kind.BAR,
            "Failures by cause",
            "failures-by-cause",
            "Cause",
            List.of("Vehicles")),
        new ReportChart(
            ReportChart.Kind.BAR,
            "Not eligible, by reason",
            "ineligible-by-reason",
            "Reason",
            List.of("Vehicles")));
  }

  static Path write(Path file) {
    new WorkbookWriter().write(file, TITLE, AT, ZONE, tables(), charts());
    return file;
  }

  static List<@Nullable Object> row(@Nullable Object... cells) {
    return new ArrayList<>(Arrays.asList(cells));
  }
}

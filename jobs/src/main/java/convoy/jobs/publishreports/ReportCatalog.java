package convoy.jobs.publishreports;

import convoy.data.duckdb.FleetStore;
import convoy.data.duckdb.Reports;
import convoy.writers.report.ColumnKind;
import convoy.writers.report.ReportChart;
import convoy.writers.report.ReportColumn;
import convoy.writers.report.ReportTable;
import java.util.List;

/** Which tables and charts the reports have; each table is one statement of the fleet store. */
final class ReportCatalog {
  private record Report(String name, String title) {}

  private static final List<Report> REPORTS =
      List.of(
          new Report("campaigns", "Progress by campaign"),
          new Report("waves", "Waves and their gates"),
          new Report("failures", "Reasons for failure"),
          new Report("causes", "Vehicles by cause of failure"),
          new Report("workshop", "Vehicles that need a workshop"),
          new Report("eligibility", "Eligible vehicles by campaign"),
          new Report("ineligibility", "Reasons for ineligibility"),
          new Report("reasons", "Vehicles by reason for ineligibility"),
          new Report("assignments", "Every vehicle of every campaign"),
          new Report("versions", "What the fleet runs"),
          new Report("files", "Input files of this run"),
          new Report("alerts", "Attacks that ECUs detected, in this run's files"),
          new Report("quarantine", "Rejected rows of this run's files"),
          new Report("accuracy", "Data accuracy: what the checks of the inventory found"),
          new Report("findings", "Data accuracy: examples of what was found"),
          new Report("keys", "Keys, roots and the list of images: until when they hold"));

  private ReportCatalog() {}

  static List<ReportTable> tables(FleetStore store, String run) {
    return REPORTS.stream().map(report -> table(store, run, report)).toList();
  }

  static List<ReportChart> charts() {
    return List.of(
        new ReportChart(
            ReportChart.Kind.BAR_STACKED,
            "Progress by campaign (vehicles)",
            "campaigns",
            "Campaign",
            List.of(
                "Installed",
                "Downloaded",
                "In progress",
                "Retry due",
                "Failed",
                "Going back",
                "Rolled back",
                "Service required",
                "Silent",
                "Declined",
                "Waiting",
                "Planned")),
        new ReportChart(
            ReportChart.Kind.BAR_STACKED,
            "Reasons for failure (vehicles)",
            "causes",
            "Cause",
            List.of("Retry due", "Final")),
        new ReportChart(
            ReportChart.Kind.BAR,
            "Reasons for ineligibility, over all campaigns (vehicles)",
            "reasons",
            "Reason",
            List.of("Vehicles")),
        new ReportChart(
            ReportChart.Kind.BAR,
            "Data accuracy (findings)",
            "accuracy",
            "Check",
            List.of("Findings", "Run before")));
  }

  private static ReportTable table(FleetStore store, String run, Report report) {
    List<ReportColumn> columns =
        Reports.columns(store, report.name(), run).stream()
            .map(column -> new ReportColumn(column.name(), kind(column.kind())))
            .toList();
    return new ReportTable(
        report.name(), report.title(), columns, Reports.rows(store, report.name(), run));
  }

  private static ColumnKind kind(Reports.Kind kind) {
    return switch (kind) {
      case TEXT -> ColumnKind.TEXT;
      case COUNT -> ColumnKind.COUNT;
      case SHARE -> ColumnKind.PERCENT;
      case TIME -> ColumnKind.TIMESTAMP;
    };
  }
}

package convoy.scheduler.cli;

import convoy.data.duckdb.AttackAlerts;
import convoy.data.duckdb.Inventory;
import convoy.data.duckdb.VehicleHistory;
import convoy.data.eligibility.Finding;
import convoy.data.eligibility.Standing;
import convoy.scheduler.launch.Explained;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One vehicle and its campaigns, on one screen. */
final class ExplainText {
  private static final int WIDTH = 116;
  private static final int EVENTS = 8;
  private static final int LONGEST = 60;

  private ExplainText() {}

  static List<String> lines(Explained explained) {
    List<String> lines = new ArrayList<>();
    lines.addAll(VehicleCommand.heading(explained.vehicle()));
    ecus(explained.ecus(), lines);
    if (explained.campaigns().isEmpty()) {
      lines.add("no campaign is open");
    }
    for (Explained.Campaign campaign : explained.campaigns()) {
      campaign(campaign, lines);
    }
    explained.manifests().forEach(m -> lines.add(manifest(m)));
    events(explained.events(), lines);
    rejections(explained.rejections(), lines);
    explained.alerts().forEach(alert -> lines.add(alert(alert)));
    return lines;
  }

  /** One of the vehicle's manifests. */
  static String manifest(VehicleHistory.Manifest m) {
    return "manifest %d  %s %s, %s wave %d attempt %d, valid to %s: %s"
        .formatted(
            m.version(),
            m.state(),
            m.issuedAt(),
            m.campaign(),
            m.wave(),
            m.attempt(),
            m.expiresAt(),
            (m.withdraws() == null
                    ? m.targets()
                    : (m.carries().isEmpty() ? "installs nothing, " : "")
                        + "withdraws manifest "
                        + m.withdraws())
                + (m.carries().isEmpty() ? "" : "; carries " + m.carries()));
  }

  private static String alert(AttackAlerts.Alert alert) {
    return "reported %s  %s %s detected an attack: %s (%s line %d)"
        .formatted(
            alert.reportedAt(),
            alert.module(),
            ScreenText.of(alert.serial(), LONGEST),
            ScreenText.of(alert.attacks(), LONGEST),
            ScreenText.of(alert.sourceFile(), LONGEST),
            alert.sourceLine());
  }

  private static void rejections(List<VehicleHistory.Rejection> rejections, List<String> lines) {
    int left = Math.max(0, rejections.size() - EVENTS);
    if (left > 0) {
      lines.add("%d earlier rejected reports; --json has them".formatted(left));
    }
    for (VehicleHistory.Rejection r : rejections.subList(left, rejections.size())) {
      lines.add(
          "rejected %s  %s %s: found %s, expected %s (%s line %d)"
              .formatted(
                  r.rejectedAt(),
                  r.rule(),
                  r.column(),
                  ScreenText.of(r.found(), LONGEST),
                  r.expected(),
                  ScreenText.of(r.sourceFile(), LONGEST),
                  r.sourceLine()));
    }
  }

  private static void ecus(List<Inventory.Ecu> ecus, List<String> lines) {
    StringBuilder line = new StringBuilder("  ECUs");
    for (Inventory.Ecu ecu : ecus) {
      String text = " %s %s".formatted(ecu.module(), ecu.softwareVersion());
      if (line.length() + text.length() > WIDTH) {
        lines.add(line + ",");
        line = new StringBuilder("      ");
      } else if (line.length() > "  ECUs".length()) {
        line.append(',');
      }
      line.append(text);
    }
    lines.add(ecus.isEmpty() ? "  no ECU is known" : line.toString());
  }

  private static void campaign(Explained.Campaign campaign, List<String> lines) {
    Standing standing = campaign.standing();
    lines.add(
        "campaign %s  %s, %s, priority %d: %s, consent %s"
            .formatted(
                standing.campaign(),
                standing.state(),
                standing.urgency(),
                standing.priority(),
                standing.update(),
                standing.consent().mode()));
    var assessment = campaign.assessment();
    if (assessment != null) {
      lines.add("  " + assessment.verdict());
      assessment.findings().forEach(finding -> lines.add("    " + finding(finding)));
    }
    Standing.Assigned a = standing.assignment();
    if (a != null) {
      lines.add(
          "  %s since %s, wave %d (%s)%s%s"
              .formatted(
                  a.state(),
                  a.since(),
                  a.wave(),
                  a.waveName(),
                  a.attempt() == 0 ? "" : ", attempt " + a.attempt(),
                  a.errorCode() == null ? "" : ", " + ScreenText.of(a.errorCode(), LONGEST)));
    }
    lines.add("  next: " + campaign.next());
  }

  private static String finding(Finding finding) {
    return "%-24s %sfound %s, expected %s%s"
        .formatted(
            finding.reason(),
            finding.module() == null ? "" : finding.module() + ": ",
            ScreenText.of(finding.found(), LONGEST),
            finding.expected(),
            finding.sourceFile() == null
                ? ""
                : " (%s line %d)"
                    .formatted(ScreenText.of(finding.sourceFile(), LONGEST), finding.sourceLine()));
  }

  private static void events(List<VehicleHistory.Event> events, List<String> lines) {
    int left = Math.max(0, events.size() - EVENTS);
    if (left > 0) {
      lines.add("%d earlier reports; --json has them".formatted(left));
    }
    for (VehicleHistory.Event e : events.subList(left, events.size())) {
      String details =
          List.of(
                  e.reportedVersion() == null ? "" : "version " + e.reportedVersion(),
                  e.errorCode() == null ? "" : e.errorCode())
              .stream()
              .filter(text -> !text.isEmpty())
              .map(text -> ", " + ScreenText.of(text, LONGEST))
              .collect(Collectors.joining());
      lines.add(
          "reported %s  %s %s%s, %s manifest %d attempt %d (%s line %d)"
              .formatted(
                  e.happenedAt(),
                  e.module(),
                  e.state(),
                  details,
                  e.campaign(),
                  e.manifestVersion(),
                  e.attempt(),
                  ScreenText.of(e.sourceFile(), LONGEST),
                  e.sourceLine()));
    }
  }
}

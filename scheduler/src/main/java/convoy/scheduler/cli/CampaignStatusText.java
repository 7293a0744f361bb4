package convoy.scheduler.cli;

import convoy.data.duckdb.CampaignStatus;
import convoy.data.duckdb.Eligibility;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a campaign stands, on one screen. */
final class CampaignStatusText {
  private CampaignStatusText() {}

  /**
   * @param destination where manifests are published to; empty for nowhere
   */
  static List<String> lines(CampaignStatus s, String destination) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(s.id(), s.title()));
    lines.add(
        "state       %s since %s%s"
            .formatted(s.state(), s.since(), s.by() == null ? "" : ", by " + s.by()));
    if (s.reason() != null) {
      lines.add("why         " + s.reason());
    }
    lines.add("next        " + s.next());
    lines.add(
        "goes        %s, priority %d: %s %s, written by %s"
            .formatted(s.urgency(), s.priority(), s.updateName(), s.updateVersion(), s.author()));
    if (s.start().equals("MANUAL")) {
      lines.add(
          "start       MANUAL, "
              + (s.startedAt() == null ? "not started" : "started " + s.startedAt()));
    }
    lines.add(OwnerText.line(s.owner()));
    lines.add("rollback    " + s.rollback().sentence());
    eligibility(s.eligibility(), lines);
    if (s.ends() != null) {
      lines.add("ends        " + end(s.ends()));
    }
    s.waves().forEach(wave -> lines.add(wave(wave)));
    s.decisions()
        .forEach(d -> lines.add("gate %-6d %s  %s".formatted(d.wave(), d.at(), d.explanation())));
    CampaignStatus.Manifests m = s.manifests();
    lines.add(
        "manifests   %,d issued, of which vehicles may still act on %,d; %,d prepared, %,d dropped"
            .formatted(m.issued(), m.open(), m.prepared(), m.dropped()));
    if (!destination.isEmpty()) {
      lines.add(
          "published   %,d of %,d manifests, to %s"
              .formatted(m.published(), m.issued(), destination));
    }
    if (m.withdrawn() > 0) {
      lines.add(
          "withdrawn   %,d manifests%s"
              .formatted(
                  m.withdrawn(),
                  m.unwritten() == 0
                      ? ""
                      : "; %,d vehicles are told by the next issueManifests"
                          .formatted(m.unwritten())));
    }
    s.waiting()
        .forEach(
            w ->
                lines.add(
                    "waiting     %s waits for %s in %,d vehicles"
                        .formatted(w.campaign(), w.waitsFor(), w.vehicles())));
    s.refused()
        .forEach(
            r ->
                lines.add(
                    "rollback    not trusted, %,d vehicles stay %s: %s"
                        .formatted(r.vehicles(), r.state(), r.reason())));
    s.requests().stream()
        .filter(r -> r.refusal() != null)
        .forEach(
            r ->
                lines.add(
                    "refused     %s by %s, asked %s: %s"
                        .formatted(r.act(), r.who(), r.askedAt(), r.refusal())));
    s.acts().forEach(a -> lines.add(act(a)));
    return lines;
  }

  private static void eligibility(Eligibility.@Nullable Counts counts, List<String> lines) {
    if (counts == null) {
      lines.add("eligible    not matched yet");
      return;
    }
    lines.add(
        "eligible    %,d; ineligible %,d; unknown %,d"
            .formatted(counts.eligible(), counts.ineligible(), counts.unknown()));
    counts
        .byReason()
        .forEach(
            (verdict, reasons) ->
                reasons.forEach(
                    (reason, vehicles) ->
                        lines.add(
                            "            %-10s %,9d %s".formatted(verdict, vehicles, reason))));
  }

  private static String end(CampaignStatus.End e) {
    return "%s, then %s%s"
        .formatted(
            e.at(),
            e.then(),
            e.endedAt() == null
                ? ""
                : "; ended %s: %,d vehicles get no manifest any more, %,d manifests withdrawn"
                    .formatted(e.endedAt(), e.cancelled(), e.withdrawn()));
  }

  private static String wave(CampaignStatus.Wave w) {
    String vehicles =
        w.vehicles().stream()
            .map(v -> "%,d %s".formatted(v.vehicles(), v.state()))
            .collect(Collectors.joining(", "));
    String accepted =
        w.accepted() == 0
            ? ""
            : "; pauses again above %,d failed or silent".formatted(w.accepted());
    return "wave %-6d %s %s: %s%s"
        .formatted(
            w.wave(), w.name(), w.state(), vehicles.isEmpty() ? "no vehicles" : vehicles, accepted);
  }

  private static String act(CampaignStatus.Act a) {
    return "act %-7d %s  %s %s%s"
        .formatted(a.seq(), a.at(), a.who(), a.act(), a.what() == null ? "" : ": " + a.what());
  }
}

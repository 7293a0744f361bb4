package convoy.data.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.eligibility.Assessment;
import convoy.data.eligibility.Finding;
import convoy.data.eligibility.PlainCampaign;
import convoy.data.eligibility.PlainEligibility;
import convoy.data.eligibility.PlainEligibility.Decision;
import convoy.data.eligibility.PlainEligibility.Why;
import convoy.data.eligibility.PlainVehicle;
import convoy.data.eligibility.Reason;
import convoy.data.eligibility.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a matching left in a store, beside what the document says, as lines of one shape. */
final class PlainReckoning {
  private PlainReckoning() {}

  /** The eligible and undecided vehicles, and the counts, of the campaigns that are open. */
  static List<String> matched(FleetStore store) {
    return store.read(
        db ->
            db.text(
                    """
                    with open as (
                      select campaign from campaign where state not in ('ABORTED', 'COMPLETED')
                    ),
                    line as (
                      select campaign, 'ELIGIBLE ' || vin as text from eligible
                      union all
                      select campaign, 'UNKNOWN ' || vin from undecided
                      union all
                      select campaign, concat_ws(' ', 'count', verdict, nullif(reason, ''), vehicles) from eligibility_count
                    )
                    select campaign || ': ' || text from line semi join open using (campaign) order by all""")
                .query(String.class)
                .list());
  }

  /** The same from the document. */
  static List<String> expected(PlainWorld world) {
    PlainEligibility document = world.document();
    List<String> lines = new ArrayList<>();
    for (PlainCampaign campaign : world.campaigns.values()) {
      Map<String, Long> counts = new TreeMap<>();
      for (PlainVehicle vehicle : world.vehicles.values()) {
        Decision decision =
            document.of(vehicle, campaign, world.holders(vehicle.vin(), campaign.id()));
        String verdict = decision.verdict().name();
        if (decision.verdict() != Verdict.INELIGIBLE) {
          lines.add("%s: %s %s".formatted(campaign.id(), verdict, vehicle.vin()));
        }
        counts.merge(verdict, 1L, Long::sum);
        for (Reason reason :
            decision.reasons().stream().map(Why::reason).collect(Collectors.toSet())) {
          counts.merge(verdict + " " + reason, 1L, Long::sum);
        }
      }
      counts.forEach((what, n) -> lines.add("%s: count %s %d".formatted(campaign.id(), what, n)));
    }
    Collections.sort(lines);
    return lines;
  }

  /** Everyone has one verdict in each campaign. */
  static void requireWholeFleet(FleetStore store, PlainWorld world, String about) {
    for (String campaign : world.campaigns.keySet()) {
      assertThat(Eligibility.counts(store, campaign).fleet())
          .as("%s, fleet of %s", about, campaign)
          .isEqualTo(world.vehicles.size());
    }
  }

  /** What one vehicle is told of every campaign, reasons with module and source. */
  static Map<String, String> explained(FleetStore store, PlainWorld world, String vin) {
    Map<String, String> told = new TreeMap<>();
    for (Assessment assessment : Explanations.of(store, vin, world.rules(), world.now)) {
      told.put(
          assessment.campaign(),
          line(assessment.verdict(), assessment.findings().stream().map(f -> why(f)).toList()));
    }
    return told;
  }

  private static Why why(Finding finding) {
    return new Why(
        finding.reason(),
        finding.module(),
        finding.sourceFile() == null ? null : finding.sourceFile() + " " + finding.sourceLine());
  }

  /** The same from the document. */
  static Map<String, String> expected(PlainWorld world, PlainVehicle vehicle) {
    Map<String, String> told = new TreeMap<>();
    for (PlainCampaign campaign : world.campaigns.values()) {
      Decision decision =
          world.document().of(vehicle, campaign, world.holders(vehicle.vin(), campaign.id()));
      told.put(campaign.id(), line(decision.verdict(), decision.reasons()));
    }
    return told;
  }

  private static String line(Verdict verdict, List<Why> reasons) {
    return verdict
        + reasons.stream()
            .map(w -> "%s %s (%s)".formatted(w.reason(), w.module(), w.source()))
            .sorted()
            .collect(Collectors.joining(", ", " [", "]"));
  }
}

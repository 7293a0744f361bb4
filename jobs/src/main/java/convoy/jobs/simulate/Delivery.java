package convoy.jobs.simulate;

import convoy.data.status.StatusEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** What the way to the gateway does to the events: some come late, twice or out of order. */
final class Delivery {
  private static final Duration UNTIL_NEXT_NIGHT = Duration.ofDays(1);
  private static final int USUAL_SECONDS = 20;
  private static final int OVERTAKEN_SECONDS = 7_200;

  private Delivery() {}

  /** The events with their arrival, in its order. */
  static List<SimulatedReport> of(
      List<StatusEvent> events, Instant issuedAt, SimulationPlan plan, SplittableRandom random) {
    boolean late = chance(plan.late(), random);
    // From this event on the vehicle is out of reach until the next night.
    int lateFrom = late && !events.isEmpty() ? random.nextInt(events.size()) : events.size();
    List<SimulatedReport> reports = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      StatusEvent event = events.get(i);
      int most = chance(plan.disordered(), random) ? OVERTAKEN_SECONDS : USUAL_SECONDS;
      Duration after =
          Duration.between(issuedAt, event.at()).plusSeconds(random.nextInt(1, most + 1));
      if (i >= lateFrom) {
        after = after.plus(UNTIL_NEXT_NIGHT);
      }
      reports.add(new SimulatedReport(event, after));
      if (chance(plan.repeated(), random)) {
        reports.add(
            new SimulatedReport(event, after.plusSeconds(random.nextInt(1, OVERTAKEN_SECONDS))));
      }
    }
    reports.sort(
        Comparator.comparing(SimulatedReport::arrivesAfter)
            .thenComparing(report -> report.event().eventId()));
    return reports;
  }

  private static boolean chance(int basisPoints, SplittableRandom random) {
    return random.nextInt(SimulationPlan.WHOLE) < basisPoints;
  }
}

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
  private static final int USUAL_SECONDS = 20;
  private static final int OVERTAKEN_SECONDS = 7_200;

  private Delivery() {}

  /** The events with their arrival, in its order. */
  static List<SimulatedReport> of(
      List<StatusEvent> events, Instant issuedAt, Conduct conduct, SplittableRandom random) {
    SimulationPlan plan = conduct.plan();
    boolean late = chance(plan.late(), random);
    // From this event on the vehicle is out of reach for a while.
    int lateFrom = late && !events.isEmpty() ? random.nextInt(events.size()) : events.size();
    List<SimulatedReport> reports = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      StatusEvent event = events.get(i);
      int most = chance(plan.disordered(), random) ? OVERTAKEN_SECONDS : USUAL_SECONDS;
      Duration after =
          Duration.between(issuedAt, event.at()).plusSeconds(random.nextInt(1, most + 1));
      if (i >= lateFrom) {
        after = after.plus(conduct.lateBy());
      }
      StatusEvent told = byClock(event, conduct.clock());
      reports.add(new SimulatedReport(told, event.at(), after));
      if (chance(plan.repeated(), random)) {
        reports.add(
            new SimulatedReport(
                told, event.at(), after.plusSeconds(random.nextInt(1, OVERTAKEN_SECONDS))));
      }
    }
    reports.sort(
        Comparator.comparing(SimulatedReport::arrivesAfter)
            .thenComparing(report -> report.event().eventId()));
    return reports;
  }

  /** The event as a vehicle tells it whose clock is off by that much. */
  private static StatusEvent byClock(StatusEvent e, Duration off) {
    return off.isZero()
        ? e
        : new StatusEvent(
            e.eventId(),
            e.at().plus(off),
            e.vin(),
            e.module(),
            e.campaign(),
            e.manifestVersion(),
            e.attempt(),
            e.state(),
            e.reportedVersion(),
            e.errorCode(),
            e.text());
  }

  private static boolean chance(int basisPoints, SplittableRandom random) {
    return random.nextInt(SimulationPlan.WHOLE) < basisPoints;
  }
}

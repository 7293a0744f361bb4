package convoy.data.campaign;

import java.time.Instant;
import java.util.Comparator;

/**
 * A campaign's place among those that compete for an ECU. In the natural order the winner comes
 * first: IMMEDIATE before SCHEDULED, then the higher priority, then the older, then the id.
 */
public record CompetitionOrder(Urgency urgency, int priority, Instant createdAt, String id)
    implements Comparable<CompetitionOrder> {
  private static final Comparator<CompetitionOrder> ORDER =
      Comparator.comparing((CompetitionOrder c) -> c.urgency() != Urgency.IMMEDIATE)
          .thenComparing(Comparator.comparingInt(CompetitionOrder::priority).reversed())
          .thenComparing(CompetitionOrder::createdAt)
          .thenComparing(CompetitionOrder::id);

  @Override
  public int compareTo(CompetitionOrder other) {
    return ORDER.compare(this, other);
  }
}

package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompetitionOrderTest {
  private static final Instant OLD = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NEW = Instant.parse("2026-01-02T00:00:00Z");

  @Test
  void urgencyThenPriorityThenAgeThenIdDecide() {
    List<CompetitionOrder> winnersFirst =
        List.of(
            new CompetitionOrder(Urgency.IMMEDIATE, 90, OLD, "a"),
            new CompetitionOrder(Urgency.IMMEDIATE, 90, OLD, "b"),
            new CompetitionOrder(Urgency.IMMEDIATE, 90, NEW, "a"),
            new CompetitionOrder(Urgency.IMMEDIATE, 1, OLD, "a"),
            new CompetitionOrder(Urgency.SCHEDULED, 100, OLD, "a"),
            new CompetitionOrder(Urgency.SCHEDULED, 9, NEW, "a"),
            new CompetitionOrder(Urgency.SCHEDULED, 8, OLD, "a"));
    for (int seed = 0; seed < 50; seed++) {
      List<CompetitionOrder> shuffled = new ArrayList<>(winnersFirst);
      Collections.shuffle(shuffled, new Random(seed));
      Collections.sort(shuffled);
      assertThat(shuffled).isEqualTo(winnersFirst);
    }
  }
}

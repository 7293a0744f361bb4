package convoy.scheduler.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at random moments of a large import, many times, beside one that nobody disturbed. */
@Tag("long")
class LargeKilledImportTest {
  private static final int VEHICLES = 20_000;
  private static final int BAD_ROWS = 500;
  private static final int IMPORTS = 10;
  private static final int KILLS = 3;

  @Test
  void anImportThatIsKilledManyTimesEndsAsAnUndisturbedOne(@TempDir Path temporary)
      throws Exception {
    TestHome delivered = TestHome.make(temporary, "delivered", "");
    delivered.deliverFleet(11, VEHICLES, BAD_ROWS);
    TestHome undisturbed = delivered.copy("undisturbed");
    Duration took = Kills.timed(undisturbed, "import", "now");
    Map<String, List<String>> facts = Facts.IMPORTED.in(undisturbed);
    assertThat(undisturbed.number("select count(*) from vehicle")).isEqualTo(VEHICLES);

    Random random = new Random(20261125);
    for (int i = 0; i < IMPORTS; i++) {
      TestHome home = delivered.copy("import-" + i);
      Kills.atRandomTimes(home, random, KILLS, took, "import", "now");
      assertThat(Facts.IMPORTED.in(home))
          .as("import %d, killed %d times", i, KILLS)
          .isEqualTo(facts);
      assertThat(home.inbox()).isEmpty();
    }
  }
}

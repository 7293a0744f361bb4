package convoy.jobs.story;

import static convoy.jobs.story.StoryHome.MAPS;
import static convoy.jobs.story.StoryHome.RECALL;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.campaign.ControlAct;
import convoy.data.campaign.WithdrawnVehicles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nights that docs/story.md tells are those that the jobs make of it. */
@Tag("long")
class StoryTest {
  private static final Path PAGE = Path.of("..", "docs", "story.md");
  private static final Pattern NEWS =
      Pattern.compile(
          ".*(: (ADVANCE|PAUSE|ABORT|HOLD): |planned in waves|: [1-9]\\d* manifests|released again"
              + "|go back|ROLLED_BACK|SERVICE_REQUIRED).*");

  /** The second wave's infotainment units cannot be flashed. */
  private static final String BAD =
      """
      rules:
        - campaign: [maps]
          wave: [2]
          module: [INFOTAINMENT]
          manifest: UPDATE
          fail: 40%
          error: [FLASH_FAILED]
      """;

  @Test
  void thirtyNights(@TempDir Path folder) throws IOException {
    List<String> rows = new ArrayList<>();
    try (StoryHome home = new StoryHome(folder)) {
      int pausedOn = 0;
      for (int night = 1; night <= 30; night++) {
        List<String> news = new ArrayList<>();
        if (pausedOn > 0 && night == pausedOn + 1) {
          news.add(home.withdraw(MAPS, WithdrawnVehicles.ALL, "units of wave 2 cannot be flashed"));
          news.add(
              home.rollBack(
                  MAPS, new WithdrawnVehicles(2, List.of()), "units of wave 2 cannot be flashed"));
        }
        if (pausedOn > 0 && night == pausedOn + 3) {
          news.add(home.jobs.ask(ControlAct.ABORT, MAPS, "the supplier has to mend it"));
        }
        home.night(night).stream().filter(line -> NEWS.matcher(line).matches()).forEach(news::add);
        rows.add(
            "| %d | %s | %s | %s |"
                .formatted(
                    night, states(home, RECALL), states(home, MAPS), String.join("<br>", news)));
        if (pausedOn == 0 && states(home, MAPS).startsWith("PAUSED")) {
          pausedOn = night;
        }
        home.day(BAD);
      }
    }
    Files.write(Path.of("target", "story-rows.md"), rows);
    assertThat(
            Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .toList())
        .isEqualTo(rows);
  }

  /** The state of a campaign, then of its vehicles. */
  private static String states(StoryHome home, String campaign) {
    String of = " where campaign = '%s'".formatted(campaign);
    return home.jobs.sql().rows("select state from campaign" + of).get(0)
        + ": "
        + String.join(
            ", ",
            home.jobs
                .sql()
                .rows(
                    "select count(*) || ' ' || state from assignment"
                        + of
                        + " group by state order by state"));
  }
}

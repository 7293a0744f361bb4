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
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nights that docs/story.md tells are those that the jobs make of it. */
@Tag("long")
class StoryTest {
  private static final Path PAGE = Path.of("..", "docs", "story.md");
  private static final String BEGIN = "<!-- from here to the next mark written by StoryTest -->";
  private static final String END = "<!-- end of what StoryTest writes -->";

  /** The nights whose reports the page shows. */
  private static final Set<Integer> REPORTED = Set.of(5, 7, 30);

  private static final Pattern NEWS =
      Pattern.compile(
          ".*(: (ADVANCE|PAUSE|ABORT|HOLD): |planned in waves|: [1-9]\\d* (more )?manifests|released again"
              + "|go back|ROLLED_BACK|SERVICE_REQUIRED).*");

  /** The second wave's infotainment units cannot be flashed; some gateways do not come back. */
  private static final String BAD =
      """
      rules:
        - campaign: [maps]
          wave: [2]
          module: [INFOTAINMENT]
          manifest: UPDATE
          fail: 40%
          error: [FLASH_FAILED]
        - campaign: [maps]
          module: [GATEWAY]
          manifest: ROLLBACK
          fail: 12%
          error: [ECU_UNRESPONSIVE]
      """;

  @Test
  void thirtyNights(@TempDir Path folder) throws IOException {
    List<Night> nights = new ArrayList<>();
    List<String> reports = new ArrayList<>();
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
        nights.add(
            new Night(night, states(home, RECALL), states(home, MAPS), String.join("<br>", news)));
        if (REPORTED.contains(night)) {
          reports.addAll(StoryReports.of(home, night));
        }
        if (pausedOn == 0 && states(home, MAPS).startsWith("PAUSED")) {
          pausedOn = night;
        }
        home.day(BAD);
      }
    }
    assertThat(reports)
        .as("workshop lists of which one at least has rows")
        .contains("The workshop list:");
    List<String> told = new ArrayList<>(Night.table(nights));
    told.add("");
    told.addAll(reports);
    Files.write(Path.of("target", "story-rows.md"), told);
    if (System.getProperty("story.write") != null) {
      write(told);
    }
    assertThat(generated())
        .as("docs/story.md between its marks; -Dstory.write writes it, target/story-rows.md has it")
        .isEqualTo(told);
  }

  private static List<String> generated() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    return page.subList(page.indexOf(BEGIN) + 1, page.indexOf(END));
  }

  private static void write(List<String> told) throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    List<String> all = new ArrayList<>(page.subList(0, page.indexOf(BEGIN) + 1));
    all.addAll(told);
    all.addAll(page.subList(page.indexOf(END), page.size()));
    Files.write(PAGE, all);
  }

  /** A night's row. */
  private record Night(int number, String recall, String maps, String news) {
    /** Nights in which nothing is said and nothing changes stand in one row with the one before. */
    static List<String> table(List<Night> nights) {
      List<String> rows =
          new ArrayList<>(
              List.of(
                  "| night | recall | maps | what the jobs and people said |",
                  "|---:|---|---|---|"));
      int first = 0;
      for (int i = 1; i <= nights.size(); i++) {
        if (i == nights.size() || !nights.get(first).isLike(nights.get(i))) {
          Night night = nights.get(first);
          String which =
              first == i - 1
                  ? "" + night.number()
                  : night.number() + " to " + nights.get(i - 1).number();
          rows.add(
              "| %s | %s | %s | %s |".formatted(which, night.recall(), night.maps(), night.news()));
          first = i;
        }
      }
      return rows;
    }

    private boolean isLike(Night other) {
      return recall.equals(other.recall) && maps.equals(other.maps) && news.equals(other.news);
    }
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

package convoy.jobs.reconcilestatus;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.publishreports.PublishReportsJobConfiguration;
import convoy.jobs.reconcilestatus.RollbackPaths.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How each way back ends under each failure that the simulator can make: the table of
 * docs/states.md "Rollbacks" in full. The campaigns allow two attempts.
 */
class RollbackPathsTest {
  private static final String EXHAUSTED =
      "SERVICE_REQUIRED 2 %s its rollback failed: attempts exhausted: 2 of 2";
  private static final String PERMANENT = "SERVICE_REQUIRED 1 %s its rollback failed: permanent";
  private static final String WORKSHOP = "SERVICE_REQUIRED 1 %s its rollback failed: workshop";
  private static final String RAN_OUT =
      "SERVICE_REQUIRED %d - its rollback ran out without an outcome";
  private static final String NO_WAY_BACK = "SERVICE_REQUIRED 1 - it cannot go back";

  /**
   * What vehicles do.
   *
   * @param first the keys of the simulator's rule for the first attempt
   * @param second those for the second one
   * @param end where the way back stays
   * @param isRetried whether a second manifest is wanted
   */
  private record Row(String first, String second, String end, boolean isRetried) {}

  private static Row once(String rule, String end) {
    return new Row(rule, rule, end, false);
  }

  private static Row again(String rule, String code) {
    return new Row(rule, rule, EXHAUSTED.formatted(code), true);
  }

  private static Row fails(String code) {
    return again("fail: 100%, error: [" + code + "]", code);
  }

  private static final String POWER_LOSS = "fail: 100%, error: [POWER_LOSS]";

  private static final List<Row> TABLE =
      List.of(
          once("", "ROLLED_BACK 1 -"),
          fails("DOWNLOAD_FAILED"),
          fails("LOW_BATTERY"),
          fails("VERIFY_FAILED"),
          fails("POWER_LOSS"),
          fails("FLASH_FAILED"),
          fails("INSTALL_TIMEOUT"),
          fails("UNSPECIFIED"),
          fails("NEVER_HEARD_OF"),
          once("fail: 100%, error: [WRONG_HARDWARE]", PERMANENT.formatted("WRONG_HARDWARE")),
          once(
              "fail: 100%, error: [KEY_PACKAGE_REFUSED]",
              PERMANENT.formatted("KEY_PACKAGE_REFUSED")),
          once(
              "fail: 100%, error: [DEPENDENCY_MISSING]", PERMANENT.formatted("DEPENDENCY_MISSING")),
          once("fail: 100%, error: [ECU_UNRESPONSIVE]", WORKSHOP.formatted("ECU_UNRESPONSIVE")),
          once("fail: 100%, error: [AIRBAG_FAULT]", WORKSHOP.formatted("AIRBAG_FAULT")),
          once("silent: 100%", RAN_OUT.formatted(1)),
          // Owners are not asked.
          once("decline: 100%", "ROLLED_BACK 1 -"),
          again("decline-unasked: 100%", "DECLINED_UNASKED"),
          again("lie: 100%", "VERSION_MISMATCH"),
          again("fall-back: 100%", "FELL_BACK"),
          new Row(POWER_LOSS, "", "ROLLED_BACK 2 -", true),
          new Row("lie: 100%", "", "ROLLED_BACK 2 -", true),
          new Row("fall-back: 100%", "", "ROLLED_BACK 2 -", true),
          new Row(POWER_LOSS, "silent: 100%", RAN_OUT.formatted(2), true),
          new Row(
              POWER_LOSS,
              "fail: 100%, error: [WRONG_HARDWARE]",
              "SERVICE_REQUIRED 2 WRONG_HARDWARE its rollback failed: permanent",
              true),
          new Row(
              "lie: 100%",
              "fail: 100%, error: [ECU_UNRESPONSIVE]",
              "SERVICE_REQUIRED 2 ECU_UNRESPONSIVE its rollback failed: workshop",
              true));

  @Test
  void eachFailureEndsAsTheTableSays(@TempDir Path folder) throws IOException {
    play(folder, List.of(Way.POLICY_ONE_OF_TWO, Way.CAMPAIGN, Way.HARDWARE_CHANGED), 1, "");
  }

  @Test
  @Tag("long")
  void eachWayBackEndsAsTheTableSaysUnderEachFailure(@TempDir Path folder) throws IOException {
    play(folder, List.of(Way.values()), 1, "");
  }

  /** Events that are sent twice, overtaken and late end the same, whatever the draw. */
  @ParameterizedTest
  @Tag("long")
  @ValueSource(longs = {2, 3, 4})
  void soItDoesWhenReportsAreRepeatedOvertakenAndLate(long seed, @TempDir Path folder)
      throws IOException {
    play(
        folder,
        List.of(Way.values()),
        seed,
        ", repeat: 50%, disorder: 50%, late: 40%, late-by: PT16H");
  }

  private static void play(Path folder, List<Way> ways, long seed, String delivery)
      throws IOException {
    try (RollbackPaths paths = new RollbackPaths(folder, ways, TABLE.size())) {
      String rules = rules(paths, ways, delivery);
      paths.round(seed, rules);
      paths.loseWaysBack();
      assertThat(states(paths.ends()))
          .as("some wait to be tried again")
          .containsKeys("ROLLBACK_DUE", "ROLLBACK_ISSUED", "ROLLED_BACK", "SERVICE_REQUIRED");
      paths.issue();
      paths.round(seed, rules);
      paths.issue();
      paths.jobs.clock().forward(Duration.ofDays(40));
      paths.reconcile();
      assertThat(paths.issue().lines()).allMatch(line -> line.endsWith(" 0 manifests to issue"));

      assertThat(told(paths, ways)).isEqualTo(expected(ways));
      int sources = ways.contains(Way.IMAGE_WITHDRAWN) ? 2 : 1;
      assertThat(
              paths
                  .jobs
                  .sql()
                  .rows("select module, count(*) from re_release group by all order by all"))
          .as("an earlier image is released again once, and not for each attempt")
          .containsExactly("GATEWAY|" + sources, "INFOTAINMENT|" + sources);
      assertWorkshopList(paths);
    }
  }

  private static String rules(RollbackPaths paths, List<Way> ways, String delivery) {
    List<String> rules = new ArrayList<>();
    for (Way way : ways) {
      for (int row = 0; row < TABLE.size(); row++) {
        String vin = paths.vin(way, row);
        // The attempt in a manifest goes on from the update's, of which there was one.
        rules.add(rule(vin, 2, TABLE.get(row).first(), delivery));
        rules.add(rule(vin, 3, TABLE.get(row).second(), delivery));
      }
    }
    return rules.stream().collect(Collectors.joining("\n", "rules:\n", "\n"));
  }

  private static String rule(String vin, int attempt, String what, String delivery) {
    return "  - { vin: [%s], manifest: ROLLBACK, attempt: [%d], module: [GATEWAY]%s%s }"
        .formatted(vin, attempt, what.isEmpty() ? "" : ", " + what, delivery);
  }

  /** As lines, so that a difference names way and failure. */
  private static Map<String, String> expected(List<Way> ways) {
    Map<String, String> expected = new TreeMap<>();
    for (Way way : ways) {
      for (int row = 0; row < TABLE.size(); row++) {
        Row line = TABLE.get(row);
        String end = way.losesItsWayBack() && line.isRetried() ? NO_WAY_BACK : line.end();
        // What a vehicle goes back for stays its cause, unless its rollback failed.
        expected.put(
            name(way, line), way.isByPolicy() ? end.replaceFirst(" -", " WRONG_HARDWARE") : end);
      }
    }
    return expected;
  }

  private static Map<String, String> told(RollbackPaths paths, List<Way> ways) {
    Map<String, String> ends = paths.ends();
    Map<String, String> told = new TreeMap<>();
    for (Way way : ways) {
      for (int row = 0; row < TABLE.size(); row++) {
        String end = String.valueOf(ends.get(paths.vin(way, row)));
        told.put(
            name(way, TABLE.get(row)),
            end.replaceFirst("it cannot go back: .*", "it cannot go back"));
      }
    }
    return told;
  }

  private static String name(Way way, Row row) {
    return "%s: %s, then %s".formatted(way, row.first(), row.second());
  }

  private static Map<String, Long> states(Map<String, String> ends) {
    return ends.values().stream()
        .collect(Collectors.groupingBy(end -> end.split(" ", 2)[0], Collectors.counting()));
  }

  private static void assertWorkshopList(RollbackPaths paths) throws IOException {
    paths.jobs.summary(PublishReportsJobConfiguration.JOB, "last");
    List<String> listed =
        Files.readAllLines(paths.jobs.home().reports().resolve("last/workshop.csv")).stream()
            .skip(1)
            .map(line -> line.split(",", -1)[1])
            .distinct()
            .sorted()
            .toList();
    assertThat(listed)
        .isEqualTo(
            paths.ends().entrySet().stream()
                .filter(end -> end.getValue().startsWith("SERVICE_REQUIRED"))
                .map(Map.Entry::getKey)
                .sorted()
                .toList());
  }
}

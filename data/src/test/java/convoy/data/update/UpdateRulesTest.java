package convoy.data.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.update.UpdateCondition.Kind;
import convoy.data.vehicle.ModuleCatalog;
import convoy.data.vehicle.ModuleCatalog.Module;
import convoy.data.version.VersionScheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What contradicts itself: an update of ABS from 2.0.x to 2.1.0 and of GATEWAY from 1.x to 2.0.0.
 */
class UpdateRulesTest {
  private static final ModuleCatalog CATALOG =
      new ModuleCatalog(
          Stream.of("ABS", "GATEWAY", "RADAR", "TCU")
              .map(code -> new Module(code, VersionScheme.SEMVER, List.of(code + " unit")))
              .toList());

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "requires RADAR >=1.4.0; none",
        "requires RADAR-unit >=1.4.0, conflicts TCU *; none",
        "requires RADAR >=1, conflicts RADAR 1.5.x; none",
        "conflicts ABS 2.0.5; none",
        "requires RADAR; requires 'RADAR': expected a module and a range such as GATEWAY >=1.4.0",
        "requires RADRA *; requires 'RADRA': expected one of the modules in the settings, did you mean 'RADAR'?",
        "requires RADAR >=x; requires (RADAR): range '>=x': '>=x': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "requires RADAR >=1, requires RADAR <2; requires 'RADAR <2': expected each module once, with all that is said of it in one range",
        "requires GATEWAY >=1; requires 'GATEWAY >=1': expected a module that the update does not change itself: 'from' says what it starts from",
        "requires RADAR 1.5.x, conflicts RADAR 1.x; conflicts 'RADAR 1.x': expected a range that leaves some of what requires 'RADAR 1.5.x' asks for",
        "requires RADAR *, conflicts RADAR *; conflicts 'RADAR *': expected a range that leaves some of what requires 'RADAR *' asks for",
        "conflicts ABS >=2.1.0; conflicts 'ABS >=2.1.0': expected a range without 2.1.0, which the update itself installs",
        "conflicts ABS 2.0.x; conflicts 'ABS 2.0.x': expected a range that leaves some of what the update starts from, '2.0.x'",
      })
  void conditionsThatContradictAreRefused(String conditions, String message) {
    assertRule(List.of(), conditions, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "ABS GATEWAY; none",
        "ABS; groups '[ABS]': expected two or more modules in a group",
        "ABS ABS; groups 'ABS': expected each module once",
        "ABS GATEWAY|GATEWAY ABS; groups 'GATEWAY': expected each module once",
        "ABS TCU; groups 'TCU': expected one of the targets' modules",
        "ABS TCUU; groups 'TCUU': expected one of the modules in the settings, did you mean 'TCU'?",
      })
  void groupsNameTargetsOnce(String groups, String message) {
    List<List<String>> lists =
        Arrays.stream(groups.split("\\|")).map(g -> List.of(g.split(" "))).toList();
    assertRule(lists, "", message);
  }

  @Test
  void modulesOfAGroupShareANumberAndOthersHaveTheirOwn() {
    UpdateDefinition grouped = update(List.of(List.of("ABS", "GATEWAY")), "", true);
    assertThat(Stream.of("TCU", "ABS", "GATEWAY").map(grouped::installGroup))
        .containsExactly(1, 2, 2);
    UpdateDefinition alone = update(List.of(), "", true);
    assertThat(Stream.of("TCU", "ABS", "GATEWAY").map(alone::installGroup))
        .containsExactly(1, 2, 3);
  }

  private static void assertRule(List<List<String>> groups, String conditions, String message) {
    if (message.equals("none")) {
      UpdateDefinition checked = update(groups, conditions, false).checked(CATALOG);
      assertThat(checked.checked(CATALOG)).isEqualTo(checked);
    } else {
      assertThatThrownBy(() -> update(groups, conditions, false).checked(CATALOG))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }

  private static UpdateDefinition update(
      List<List<String>> groups, String conditions, boolean hasTcu) {
    List<UpdateTarget> targets = new ArrayList<>();
    if (hasTcu) {
      targets.add(target("TCU", "<2", "2.0.0", 1));
    }
    targets.add(target("ABS", "2.0.x", "2.1.0", 2));
    targets.add(target("GATEWAY", "1.x", "2.0.0", 3));
    return new UpdateDefinition(
        "u",
        "1",
        "T",
        UpdateCategory.BUG_FIX,
        List.of(),
        List.of(),
        targets,
        groups,
        Arrays.stream(conditions.split(", "))
            .filter(text -> !text.isEmpty())
            .map(UpdateRulesTest::condition)
            .toList(),
        Downgrades.NEVER,
        WayBack.OPTIONAL,
        Preconditions.NONE,
        TypeApproval.NOT_RELEVANT,
        Support.NONE,
        "");
  }

  private static UpdateCondition condition(String text) {
    String[] parts = text.split(" ", 2);
    return UpdateCondition.parse(Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1]);
  }

  private static UpdateTarget target(String module, String from, String to, int order) {
    return new UpdateTarget(
        module,
        List.of(),
        List.of(),
        List.of(),
        from,
        List.of(),
        to,
        List.of(TargetImage.forAll(module + ".bin")),
        order);
  }
}

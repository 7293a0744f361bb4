package convoy.data.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssignmentTransitionsTest {
  @Test
  void theDocumentShowsTheSameTable() throws IOException {
    assertThat(documented()).isEqualTo(inCode());
  }

  @Test
  void theDocumentShowsWhichStatesAreOpenAndTerminal() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    for (List<String> row : rows("| state | open | terminal |")) {
      documented.put(row.get(0), row.get(1) + " " + row.get(2));
    }
    Map<String, String> inCode = new TreeMap<>();
    for (AssignmentState state : AssignmentState.values()) {
      inCode.put(
          state.name(),
          (state.isOpen() ? "yes" : "no") + " " + (state.isTerminal() ? "yes" : "no"));
    }
    assertThat(documented).isEqualTo(inCode);
  }

  @ParameterizedTest
  @EnumSource(AssignmentState.class)
  void everyStateCanBeReached(AssignmentState state) {
    Set<AssignmentState> reached = EnumSet.of(AssignmentState.PLANNED);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (AssignmentState from : EnumSet.copyOf(reached)) {
        for (AssignmentTrigger trigger : AssignmentTrigger.values()) {
          grown |= AssignmentTransitions.next(from, trigger).map(reached::add).orElse(false);
        }
      }
    }
    assertThat(reached).contains(state);
  }

  private static Map<String, String> inCode() {
    Map<String, String> moves = new TreeMap<>();
    for (AssignmentState from : AssignmentState.values()) {
      for (AssignmentTrigger trigger : AssignmentTrigger.values()) {
        AssignmentTransitions.next(from, trigger)
            .ifPresent(to -> moves.put(from + " " + trigger, to.name()));
      }
    }
    return moves;
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> moves = new TreeMap<>();
    for (String header : List.of("| from | ISSUE ", "| from | NO_REPORT ")) {
      List<String> triggers = cells(line(header));
      for (List<String> row : rows(header)) {
        for (int i = 1; i < row.size(); i++) {
          if (!row.get(i).equals("-")) {
            moves.put(row.get(0) + " " + triggers.get(i), row.get(i));
          }
        }
      }
    }
    return moves;
  }

  private static List<List<String>> rows(String header) throws IOException {
    return document().stream()
        .dropWhile(line -> !line.startsWith(header))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(AssignmentTransitionsTest::cells)
        .toList();
  }

  private static String line(String header) throws IOException {
    return document().stream().filter(line -> line.startsWith(header)).findFirst().orElseThrow();
  }

  private static List<String> document() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "states.md"));
  }

  private static List<String> cells(String line) {
    String inner = line.substring(1, line.lastIndexOf('|'));
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }
}

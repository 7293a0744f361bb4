package convoy.data.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The tables of transitions in docs/states.md. */
final class Tables {
  private Tables() {}

  /** The moves of the table whose first columns are these, as "FROM TRIGGER" to the state. */
  static Map<String, String> documented(String header) throws IOException {
    List<String> document = Files.readAllLines(Path.of("..", "docs", "states.md"));
    List<List<String>> table =
        document.stream()
            .dropWhile(line -> !line.startsWith(header))
            .takeWhile(line -> line.startsWith("|"))
            .map(Tables::cells)
            .toList();
    Map<String, String> moves = new TreeMap<>();
    List<String> triggers = table.get(0);
    for (List<String> row : table.subList(2, table.size())) {
      for (int i = 1; i < row.size(); i++) {
        if (!row.get(i).equals("-")) {
          moves.put(row.get(0) + " " + triggers.get(i), row.get(i));
        }
      }
    }
    return moves;
  }

  static <S, T> Map<String, String> inCode(
      S[] states, T[] triggers, BiFunction<S, T, Optional<S>> next) {
    Map<String, String> moves = new TreeMap<>();
    for (S from : states) {
      for (T trigger : triggers) {
        next.apply(from, trigger).ifPresent(to -> moves.put(from + " " + trigger, to.toString()));
      }
    }
    return moves;
  }

  private static List<String> cells(String line) {
    String inner = line.substring(1, line.lastIndexOf('|'));
    return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
  }
}

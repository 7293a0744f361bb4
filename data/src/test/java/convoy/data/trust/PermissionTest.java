package convoy.data.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PermissionTest {
  private static final Pattern ROW = Pattern.compile("\\| ([A-Z_]+) \\| .* \\| ([A-Z_, ]+) \\|");

  @Test
  void whoMayDoWhatIsWhatTheTableSays() throws IOException {
    Map<String, List<String>> documented = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "operators.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.put(row.group(1), List.of(row.group(2).split(", ")));
      }
    }
    Map<String, List<String>> coded = new TreeMap<>();
    for (Permission permission : Permission.values()) {
      coded.put(
          permission.name(), new TreeSet<>(permission.roles()).stream().map(Enum::name).toList());
    }
    assertThat(documented).isEqualTo(coded);
  }

  @Test
  void whoOnlyReadsMayChangeNothing() {
    assertThat(Arrays.stream(Permission.values()).filter(p -> p.roles().contains(Role.AUDITOR)))
        .isEmpty();
  }
}

package convoy.data.update;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.update.Requirements.Need;
import convoy.data.update.Requirements.Node;
import convoy.data.version.VersionRange.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Updates are written {@code name installs MODULE VERSION [requires MODULE VERSION]…}, one digit.
 */
class RequirementsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a M2 N1| none",
        "a M2 N1, b N1| none",
        "a M2 N1, b N1 O1, c O1| none",
        // N from 3 on is nobody's, so vehicles have it from their factory.
        "a M2 N3, b N2 M2| none",
        // Another update installs it too, and waits for nothing.
        "a M2 N1, b N1 M2, c N2| none",
        "a M2 N1, b N1 M2| a requires N >=1, which b installs; b requires M >=2, which a installs",
        "a M2 N1, b N1 O1, c O1 M2| a requires N >=1, which b installs; b requires O >=1, which c installs; c requires M >=2, which a installs",
        // What only leads to the cycle is not part of it.
        "x P1 M2, a M2 N1, b N1 M2| a requires N >=1, which b installs; b requires M >=2, which a installs",
        "a M2 N1, b N1 M2, c N2 M1| a requires N >=1, which b installs; b requires M >=2, which a installs",
      })
  void updatesThatWaitForOneAnotherAreFound(String updates, String expected) {
    List<Node> nodes = Arrays.stream(updates.split(", ")).map(RequirementsTest::node).toList();
    assertThat(Requirements.cycle(nodes).orElse("none")).isEqualTo(expected);
  }

  private static Node node(String text) {
    String[] parts = text.split(" ");
    return new Node(
        parts[0],
        Map.of(parts[1].substring(0, 1), parts[1].substring(1)),
        Arrays.stream(parts).skip(2).map(RequirementsTest::need).toList());
  }

  private static Need need(String text) {
    String module = text.substring(0, 1);
    String low = text.substring(1);
    return new Need(module + " >=" + low, module, List.of(new Interval(low, null)));
  }
}

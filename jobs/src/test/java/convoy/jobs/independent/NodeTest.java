package convoy.jobs.independent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          v18.20.4, false
          v20.9.0, false
          v20.16.0, false
          v20.17.0, true
          v20.20.2, true
          v21.7.3, false
          v22.8.0, false
          v22.9.0, true
          v23.0.0, true
          v24.11.1, true
          v100.0.0, true
          none, false
          """)
  void onlyNodeOnWhichTheClientRunsIsTaken(String version, boolean isNewEnough) {
    assertThat(Node.isNewEnough(version)).isEqualTo(isNewEnough);
  }
}

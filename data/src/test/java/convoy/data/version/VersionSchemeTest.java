package convoy.data.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSchemeTest {
  @ParameterizedTest
  @CsvSource({"SEMVER, semver-order.txt", "DOTTED, dotted-order.txt"})
  void keysComeInTheOrderOfTheTable(String name, String table) throws Exception {
    VersionScheme scheme = VersionScheme.of(name, List.of());
    List<List<String>> groups = groups(table);
    for (int i = 0; i < groups.size(); i++) {
      for (String a : groups.get(i)) {
        for (int j = 0; j < groups.size(); j++) {
          for (String b : groups.get(j)) {
            assertThat(Integer.signum(scheme.key(a).compareTo(scheme.key(b))))
                .as("%s against %s", a, b)
                .isEqualTo(Integer.compare(i, j));
          }
        }
      }
    }
  }

  @Test
  void keysOfRandomSemanticVersionsCompareAsSection11Says() throws Exception {
    Random random = new Random(11);
    for (int i = 0; i < 30_000; i++) {
      NaiveSemVer a = NaiveSemVer.random(random);
      NaiveSemVer b = NaiveSemVer.random(random);
      int keys = VersionScheme.SEMVER.key(a.text()).compareTo(VersionScheme.SEMVER.key(b.text()));
      assertThat(Integer.signum(keys))
          .as("%s against %s", a.text(), b.text())
          .isEqualTo(Integer.signum(a.compareTo(b)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0-0A.is.legal",
        "1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay",
        "1.2.3----RC-SNAPSHOT.12.9.1--.12+788",
        "2.0.0-rc.1+build.123",
        "1.0.0+0.build.1-rc.10000aaa-kk-0.1",
        "1.0.0-x-y-z.--"
      })
  void whatTheStandardNamesAsVersionsIsRead(String text) throws Exception {
    assertThat(VersionScheme.SEMVER.key(text)).startsWith("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2",
        "v1.2.3",
        "1.2.3.4",
        "01.2.3",
        "1.2.3-",
        "1.2.3-01",
        "1.2.3-a..b",
        "1.0.0-alpha_beta",
        "1.2.3-0123.0123",
        "1.1.2+meta+meta",
        "1.2.3.DEV",
        "1.0.0-alpha.",
        "1.2.3+",
        "1.2.3-\u00e4",
        "1.2.3\n",
        " 1.2.3",
        "-1.2.3",
        "1.2.\u0663",
        "1000000000000000000.0.0"
      })
  void whatIsNoSemanticVersionIsRefused(String text) {
    assertThatThrownBy(() -> VersionScheme.SEMVER.key(text))
        .isInstanceOf(VersionFormatException.class)
        .hasMessage("'" + text + "': expected a version such as 2.1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "1.", ".1", "1..2", "1.2-rc", "MU0612", "1.2.3.4.5.6.7.8.9", "1,2", "-1"})
  void whatIsNotDottedNumbersIsRefused(String text) {
    assertThatThrownBy(() -> VersionScheme.DOTTED.key(text))
        .isInstanceOf(VersionFormatException.class)
        .hasMessage("'" + text + "': expected dotted numbers such as 05.12.00");
  }

  @Test
  void aVeryLongTextIsRefusedAndDoesNotExhaustTheStack() {
    String text = "1.0.0-" + "a.".repeat(100_000) + "a";
    assertThatThrownBy(() -> VersionScheme.SEMVER.key(text))
        .isInstanceOf(VersionFormatException.class)
        .hasMessage(
            "'1.0.0-" + "a.".repeat(125) + "...' (200007 characters): expected at most 256");
  }

  private static List<List<String>> groups(String table) throws IOException {
    try (InputStream in = VersionSchemeTest.class.getResourceAsStream(table)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<List<String>> groups = new ArrayList<>();
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> groups.add(List.of(line.split(" = ", -1))));
      return groups;
    }
  }
}

package convoy.data.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.version.VersionRange.Interval;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {
  @ParameterizedTest
  @CsvFileSource(resources = "semver-ranges.csv", numLinesToSkip = 1)
  void semanticVersions(String range, String version, boolean inside) throws Exception {
    assertThat(
            VersionRange.parse(range, VersionScheme.SEMVER)
                .contains(VersionScheme.SEMVER.key(version)))
        .isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "dotted-ranges.csv", numLinesToSkip = 1)
  void dottedNumbers(String range, String version, boolean inside) throws Exception {
    assertThat(
            VersionRange.parse(range, VersionScheme.DOTTED)
                .contains(VersionScheme.DOTTED.key(version)))
        .isEqualTo(inside);
  }

  @Test
  void randomRangesContainWhatTheirMeaningSays() throws Exception {
    Random random = new Random(7);
    int inside = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      NaiveRange naive = NaiveRange.random(random);
      VersionRange range;
      try {
        range = VersionRange.parse(naive.text(), VersionScheme.SEMVER);
      } catch (VersionFormatException e) {
        assertThat(e).hasMessageEndingWith("expected a lower bound below the upper one");
        refused++;
        continue;
      }
      for (int j = 0; j < 10; j++) {
        NaiveSemVer version = NaiveSemVer.random(random);
        boolean expected = naive.admits().test(version);
        assertThat(range.contains(VersionScheme.SEMVER.key(version.text())))
            .as("%s in '%s'", version.text(), naive.text())
            .isEqualTo(expected);
        inside += expected ? 1 : 0;
      }
      assertDisjointAndAscending(range.intervals());
    }
    // The test would prove little if nearly all were outside, or refused as empty.
    assertThat(inside).isGreaterThan(20_000);
    assertThat(refused).isLessThan(10_000);
  }

  @Test
  void whatIsRefusedAsEmptyAdmitsNoVersion() {
    Random random = new Random(8);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      NaiveRange naive = NaiveRange.randomConjunction(random);
      if (isRefused(naive.text())) {
        refused++;
        for (int j = 0; j < 20; j++) {
          NaiveSemVer version = NaiveSemVer.random(random);
          assertThat(naive.admits().test(version))
              .as("%s in '%s'", version.text(), naive.text())
              .isFalse();
        }
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  private static boolean isRefused(String range) {
    try {
      VersionRange.parse(range, VersionScheme.SEMVER);
      return false;
    } catch (VersionFormatException e) {
      return true;
    }
  }

  private static void assertDisjointAndAscending(List<Interval> intervals) {
    for (int i = 1; i < intervals.size(); i++) {
      Interval before = intervals.get(i - 1);
      Interval after = intervals.get(i);
      assertThat(before.high()).as("%s before %s", before, after).isLessThan(after.low());
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "semver-written-out.csv", numLinesToSkip = 1)
  void whatNodeSemverWritesOutIsTheSame(String range, String writtenOut) throws Exception {
    assertThat(VersionRange.parse(range, VersionScheme.SEMVER).intervals())
        .isEqualTo(VersionRange.parse(writtenOut, VersionScheme.SEMVER).intervals());
  }

  @Test
  void alternativesThatOverlapOrTouchBecomeOneInterval() throws Exception {
    VersionRange range =
        VersionRange.parse(">=3 <4 || 1.0.0 - 2.0.0 || >2.0.0 <3 || <0.5.0", VersionScheme.SEMVER);
    assertThat(range.intervals())
        .containsExactly(
            new Interval(null, VersionScheme.SEMVER.key("0.5.0")),
            new Interval(VersionScheme.SEMVER.key("1.0.0"), VersionScheme.SEMVER.key("4.0.0")));
    assertThat(range).hasToString(">=3 <4 || 1.0.0 - 2.0.0 || >2.0.0 <3 || <0.5.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "SEMVER; >=v2; range '>=v2': 'v2': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; >=2 || ; range '>=2 ||': '': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; >=; range '>=': '': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; >=2<3; range '>=2<3': '2<3': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; >=2, <3; range '>=2, <3': '2,': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; >*; range '>*': '>*': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; 1.x.3; range '1.x.3': '1.x.3': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; 1.2-rc.1; range '1.2-rc.1': '1.2-rc.1': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; 01.2; range '01.2': '01.2': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; 1 - 2 - 3; range '1 - 2 - 3': '-': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; * - 2; range '* - 2': '* - 2': expected a version such as 2.1.0, or a part of one such as 2.1 or 2.x",
        "SEMVER; >=2 <1; range '>=2 <1': '>=2 <1' contains no version: expected a lower bound below the upper one",
        "SEMVER; 1.x || >2 <2; range '1.x || >2 <2': '>2 <2' contains no version: expected a lower bound below the upper one",
        "SEMVER; 2.0 - 1.0; range '2.0 - 1.0': '2.0 - 1.0' contains no version: expected a lower bound below the upper one",
        "SEMVER; <0.0.0-0; range '<0.0.0-0': '<0.0.0-0' contains no version: expected a lower bound below the upper one",
        "SEMVER; >2.0.0 <2.0.1-0; range '>2.0.0 <2.0.1-0': '>2.0.0 <2.0.1-0' contains no version: expected a lower bound below the upper one",
        "SEMVER; >1.0.0-rc <1.0.0-rc.0; range '>1.0.0-rc <1.0.0-rc.0': '>1.0.0-rc <1.0.0-rc.0' contains no version: expected a lower bound below the upper one",
        "SEMVER; >2.1.9 <2.1.10-0; range '>2.1.9 <2.1.10-0': '>2.1.9 <2.1.10-0' contains no version: expected a lower bound below the upper one",
        "DOTTED; >1.2 <1.2.0.0.0.0.0.1; range '>1.2 <1.2.0.0.0.0.0.1': '>1.2 <1.2.0.0.0.0.0.1' contains no version: expected a lower bound below the upper one",
        "DOTTED; <0; range '<0': '<0' contains no version: expected a lower bound below the upper one",
        "DOTTED; ^1.2; range '^1.2': '^1.2': '^' has no meaning for dotted numbers: expected a comparison such as >=1.2",
        "DOTTED; ~ 1.2; range '~ 1.2': '~1.2': '~' has no meaning for dotted numbers: expected a comparison such as >=1.2",
        "DOTTED; >=1.x; range '>=1.x': '1.x': expected dotted numbers such as 05.12.00",
        "DOTTED; 1.x.2; range '1.x.2': '1.x.2': expected dotted numbers such as 05.12.00",
        "DOTTED; MU0612; range 'MU0612': 'MU0612': expected dotted numbers such as 05.12.00",
      })
  void aMalformedOrEmptyRangeIsRefused(String name, String range, String message) {
    VersionScheme scheme = VersionScheme.of(name, List.of());
    assertThatThrownBy(() -> VersionRange.parse(range, scheme))
        .isInstanceOf(VersionFormatException.class)
        .hasMessage(message);
  }
}

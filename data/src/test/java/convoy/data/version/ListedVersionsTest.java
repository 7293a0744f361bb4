package convoy.data.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedVersionsTest {
  // Out of the order of their letters on purpose.
  private static final List<String> RELEASES =
      List.of("MU0512", "MU0612", "MU0611", "MU0712", "SP-1.x");
  private static final VersionScheme SCHEME = VersionScheme.listed(RELEASES);

  @Test
  void theListIsTheOrder() throws Exception {
    assertThat(SCHEME.key("MU0512")).isLessThan(SCHEME.key("MU0612"));
    assertThat(SCHEME.key("MU0612")).isLessThan(SCHEME.key("MU0611"));
    assertThat(SCHEME).hasToString("LISTED");
    assertThat(SCHEME.releases()).isEqualTo(RELEASES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ">=MU0512 <MU0712; MU0512 MU0612 MU0611",
        "MU0612 - MU0712; MU0612 MU0611 MU0712",
        "MU0512 || MU0611; MU0512 MU0611",
        "<= MU0611 || SP-1.x; MU0512 MU0612 MU0611 SP-1.x",
        ">MU0611; MU0712 SP-1.x",
        "=MU0612; MU0612",
        "*; MU0512 MU0612 MU0611 MU0712 SP-1.x"
      })
  void aRangeContainsReleasesOfTheList(String range, String releases) throws Exception {
    VersionRange read = VersionRange.parse(range, SCHEME);
    for (String release : RELEASES) {
      assertThat(read.contains(SCHEME.key(release)))
          .as(release)
          .isEqualTo(List.of(releases.split(" ", -1)).contains(release));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "^MU0512; '^MU0512': '^' has no meaning for listed releases: expected a comparison such as >=MU0512",
        "~MU0512; '~MU0512': '~' has no meaning for listed releases: expected a comparison such as >=MU0512",
        "MU06.x; 'MU06.x': a part of a version has no meaning for listed releases: expected * alone for all, or comparisons such as >=MU0512 <=SP-1.x",
        "x; 'x': a part of a version has no meaning for listed releases: expected * alone for all, or comparisons such as >=MU0512 <=SP-1.x",
        ">=MU06*; 'MU06*': a part of a version has no meaning for listed releases: expected * alone for all, or comparisons such as >=MU0512 <=SP-1.x",
        "* - MU0512; '*': a part of a version has no meaning for listed releases: expected * alone for all, or comparisons such as >=MU0512 <=SP-1.x",
        ">=MU0613; 'MU0613': expected a release that the settings list, did you mean 'MU0612'?",
        "mu0512 - MU0712; 'mu0512': expected a release that the settings list, did you mean 'MU0512'?",
        ">=2.1.0; '2.1.0': expected one of the releases that the settings list, MU0512 to SP-1.x",
        "MU0512 ||; '': expected one of the releases that the settings list, MU0512 to SP-1.x",
        ">SP-1.x; '>SP-1.x' contains no version: expected bounds with a listed release between them",
        "<MU0512; '<MU0512' contains no version: expected bounds with a listed release between them",
        ">MU0612 <MU0611; '>MU0612 <MU0611' contains no version: expected bounds with a listed release between them",
        "MU0712 - MU0611; 'MU0712 - MU0611' contains no version: expected bounds with a listed release between them",
      })
  void anythingElseIsRefusedWithWhatToWrite(String range, String message) {
    assertThatThrownBy(() -> VersionRange.parse(range, SCHEME))
        .isInstanceOf(VersionFormatException.class)
        .hasMessage("range '%s': %s", range, message);
  }

  @Test
  void aListThatGrowsLeavesKeysAndRangesAsTheyWere() throws Exception {
    VersionScheme grown = VersionScheme.listed(List.of("A", "B", "C"));
    VersionScheme before = VersionScheme.listed(List.of("A", "B"));
    for (String range : List.of("*", "A", "<=B", ">A", ">=A <B", "A - B")) {
      assertThat(VersionRange.parse(range, grown).intervals())
          .isEqualTo(VersionRange.parse(range, before).intervals());
    }
    assertThat(grown.key("B")).isEqualTo(before.key("B"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // today; then; kept
        "SEMVER;;  SEMVER;;  true",
        "SEMVER;;  DOTTED;;  false",
        "SEMVER;;  SEMVER; A;  false",
        "SEMVER;;  semver;;  false",
        "DOTTED;;  LISTED; A;  false",
        "LISTED; A B;  LISTED; A B;  true",
        "LISTED; A B C;  LISTED; A B;  true",
        "LISTED; A B;  LISTED; A B C;  false",
        "LISTED; B A;  LISTED; A B;  false",
        "LISTED; A X B;  LISTED; A B;  false",
        "LISTED; A B;  LISTED;;  false",
        "LISTED; A B;  SEMVER;;  false",
      })
  void keysStayRightUnderTheSameSchemeAndAListThatGrew(
      String name, String releases, String earlier, String earlierReleases, boolean kept) {
    assertThat(VersionScheme.of(name, words(releases)).keepsKeysOf(earlier, words(earlierReleases)))
        .isEqualTo(kept);
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "LISTED; ; releases '[]': expected one or more",
        "LISTED; A B A; releases 'A': expected each release once",
        "SEMVER; A B; releases [A, B]: expected none with scheme SEMVER",
        "NAMED; ; scheme 'NAMED': expected SEMVER, DOTTED or LISTED",
      })
  void aSchemeWithoutItsReleasesIsRefused(String name, String releases, String message) {
    assertThatThrownBy(() -> VersionScheme.of(name, words(releases)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}

package convoy.data.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {

  /**
   * The quantiles of the chi-square distribution with one degree of freedom, as printed tables have
   * them.
   */
  @ParameterizedTest
  @CsvSource({
    "50%, 0.454936423",
    "80%, 1.642374415",
    "90%, 2.705543454",
    "95%, 3.841458821",
    "99%, 6.634896601",
    "99.9%, 10.827566171",
    "99.99%, 15.136705227"
  })
  void theQuantileIsThatOfTheTables(String confidence, BigDecimal square) {
    assertThat(WilsonInterval.squaredQuantile(Share.parse(confidence)))
        .isEqualByComparingTo(square);
  }

  /** Worked out by the formula with its square root, as NIST 7.2.4.1 has it. */
  @ParameterizedTest
  @CsvSource({
    "0, 10, 95%, 0",
    "1, 1, 95%, 2065",
    "1, 3, 95%, 614",
    "1, 10, 95%, 178",
    "5, 10, 95%, 2365",
    "10, 10, 95%, 7224",
    "10, 10, 99%, 6011",
    "30, 300, 95%, 709",
    "30, 300, 80%, 799",
    "50, 100, 90%, 4188",
    "263, 2630, 99%, 859",
    "100000, 1000000, 95%, 994",
    "999999, 1000000, 99%, 9999"
  })
  void theLowerEndIsThatOfTheFormula(long part, long whole, String confidence, String lower) {
    assertThat(WilsonInterval.lowerEnd(part, whole, Share.parse(confidence))).hasToString(lower);
  }

  @Test
  void fewFailuresAreNoEvidenceAndManyAre() {
    Threshold tenPercent = new Threshold.Bound(Share.parse("10%"), Share.parse("95%"));

    assertThat(tenPercent.isReached(1, 3)).isFalse();
    assertThat(tenPercent.isReached(30, 300)).as("as likely below as above").isFalse();
    assertThat(tenPercent.isReached(41, 300)).isTrue();
    assertThat(tenPercent.isReached(40, 300)).isFalse();
    Threshold sevenPercent = new Threshold.Bound(Share.parse("7%"), Share.parse("95%"));
    assertThat(sevenPercent.isReached(1, 3)).isFalse();
    assertThat(sevenPercent.isReached(30, 300)).isTrue();
  }

  @Test
  void moreFailuresNeverReachLess() {
    for (String confidence : new String[] {"50%", "95%", "99.9%"}) {
      for (int share : new int[] {1, 500, 1_000, 9_000, 9_999}) {
        Threshold bound = new Threshold.Bound(new Share(share), Share.parse(confidence));
        for (int whole = 1; whole <= 40; whole++) {
          for (int part = 1; part <= whole; part++) {
            if (bound.isReached(part - 1, whole)
                || (whole > 1 && bound.isReached(part - 1, whole - 1))) {
              assertThat(bound.isReached(part, whole)).isTrue();
            }
          }
        }
      }
    }
  }
}

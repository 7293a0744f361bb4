package convoy.data.campaign;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The lower end of Wilson's two-sided interval for a share (E. B. Wilson, Probable Inference, JASA
 * 22, 1927; NIST/SEMATECH e-Handbook, 7.2.4.1). It is at or above a share s exactly when the sample
 * of n, of which k, lies so far above s that {@code k >= sn} and {@code (k - sn)² >= z² n s (1 -
 * s)}: the interval is what the score test does not reject. That is decided in whole numbers and
 * one rounded z², so the same numbers decide the same everywhere.
 */
final class WilsonInterval {
  private static final int DECIMALS = 9;

  private WilsonInterval() {}

  /** Whether the lower end reaches the share, which is below 100%. */
  static boolean reaches(long part, long whole, Share share, Share confidence) {
    return reaches(part, whole, share.basisPoints(), squaredQuantile(confidence));
  }

  /** The lower end in basis points, rounded down: the highest share that it reaches. */
  static int lowerEnd(long part, long whole, Share confidence) {
    BigDecimal square = squaredQuantile(confidence);
    int reached = 0;
    // The lower end is always below the whole.
    int above = Share.WHOLE;
    while (above - reached > 1) {
      int middle = (reached + above) / 2;
      if (reaches(part, whole, middle, square)) {
        reached = middle;
      } else {
        above = middle;
      }
    }
    return reached;
  }

  private static boolean reaches(long part, long whole, int basisPoints, BigDecimal square) {
    BigDecimal above =
        decimal(part).multiply(decimal(Share.WHOLE)).subtract(times(whole, basisPoints));
    return above.signum() >= 0
        && above
                .pow(2)
                .compareTo(
                    square.multiply(
                        times(whole, basisPoints).multiply(decimal(Share.WHOLE - basisPoints))))
            >= 0;
  }

  /**
   * z², where the standard normal distribution has the confidence between -z and z: 3.841458821 for
   * 95 %.
   */
  static BigDecimal squaredQuantile(Share confidence) {
    double half = confidence.basisPoints() / (2.0 * Share.WHOLE);
    double low = 0;
    double high = 8;
    // So often that the middle is one of the two.
    for (double z = 4; low < z && z < high; z = (low + high) / 2) {
      if (fromMiddle(z) < half) {
        low = z;
      } else {
        high = z;
      }
    }
    return BigDecimal.valueOf(low).pow(2).setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }

  /**
   * The standard normal distribution from 0 to z, by the series of G. Marsaglia (Evaluating the
   * Normal Distribution, J. Stat. Software 11(4), 2004). StrictMath gives the same bits everywhere.
   */
  private static double fromMiddle(double z) {
    double sum = 0;
    double term = z;
    for (int odd = 3; sum + term != sum; odd += 2) {
      sum += term;
      term *= z * z / odd;
    }
    return sum * StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }

  private static BigDecimal times(long a, long b) {
    return decimal(a).multiply(decimal(b));
  }

  private static BigDecimal decimal(long number) {
    return BigDecimal.valueOf(number);
  }
}

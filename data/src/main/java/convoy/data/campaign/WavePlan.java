package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.campaign.WaveSize.Part;
import convoy.data.campaign.WaveSize.Rest;
import convoy.data.campaign.WaveSize.Vehicles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The arithmetic of waves. */
public final class WavePlan {
  private WavePlan() {}

  /**
   * The plan takes in every vehicle once: it ends in {@code rest}, or it is of shares that add up
   * to 100%.
   *
   * @throws IllegalArgumentException when it does not, or when a name is used twice
   */
  public static void validate(List<WaveRule> waves) {
    check(!waves.isEmpty(), "waves", "[]", "one or more");
    Set<String> names = new HashSet<>();
    int shares = 0;
    boolean counts = false;
    for (WaveRule wave : waves) {
      check(names.add(wave.name()), "waves", wave.name(), "each name once");
      if (wave.size() instanceof Part part) {
        shares += part.share().basisPoints();
      }
      counts |= wave.size() instanceof Vehicles;
    }
    for (WaveRule wave : waves.subList(0, waves.size() - 1)) {
      check(
          !(wave.size() instanceof Rest),
          "waves",
          wave.name(),
          "'share: rest' in the last wave only");
    }
    boolean rest = waves.get(waves.size() - 1).size() instanceof Rest;
    check(shares <= Share.WHOLE, "waves", percent(shares), "shares that add up to at most 100%");
    check(
        !rest || shares < Share.WHOLE,
        "waves",
        percent(shares),
        "shares below 100%, so that something is left for 'share: rest'");
    check(
        rest || (shares == Share.WHOLE && !counts),
        "waves",
        percent(shares),
        "a last wave with 'share: rest', or shares alone that add up to 100%");
  }

  /**
   * How many vehicles each wave gets; together, all of them. A share is of all vehicles and is
   * rounded up, so that the first wave has at least one vehicle when there are any; each wave takes
   * at most what the earlier ones leave, and the last wave takes that.
   *
   * @param waves a plan that {@link #validate} accepts
   * @param vehicles 0 to 10^14
   */
  public static List<Long> sizes(List<WaveRule> waves, long vehicles) {
    validate(waves);
    check(vehicles >= 0, "vehicles", vehicles, "0 or more");
    List<Long> sizes = new ArrayList<>();
    long left = vehicles;
    for (int i = 0; i < waves.size(); i++) {
      boolean last = i == waves.size() - 1;
      long size = last ? left : Math.min(left, wanted(waves.get(i).size(), vehicles));
      sizes.add(size);
      left -= size;
    }
    return sizes;
  }

  private static long wanted(WaveSize size, long vehicles) {
    if (size instanceof Part part) {
      long exact = Math.multiplyExact(vehicles, (long) part.share().basisPoints());
      return (exact + Share.WHOLE - 1) / Share.WHOLE;
    }
    return size instanceof Vehicles some ? some.count() : vehicles;
  }

  /** A sum of shares, which may be above 100%. */
  private static String percent(int basisPoints) {
    return new BigDecimal(basisPoints).movePointLeft(2).stripTrailingZeros().toPlainString() + "%";
  }
}

package convoy.data.campaign;

import java.util.ArrayList;
import java.util.List;

/**
 * How many vehicles of each kind (a model in a region) belong to each wave. A wave has of each kind
 * its part of what the earlier waves leave, rounded up or down (largest remainder; of equal ones
 * the earlier kind). The first wave, the canary, has at least one vehicle of each kind where it has
 * that many: what goes wrong on one kind alone then shows there.
 */
public final class WaveSpread {
  private WaveSpread() {}

  /**
   * For each wave, the vehicles of each kind.
   *
   * @param sizes the waves' vehicles, together all vehicles
   * @param kinds the vehicles of each kind, 1 or more
   * @throws IllegalArgumentException when the waves and the kinds have not the same number
   */
  public static List<List<Long>> of(List<Long> sizes, List<Long> kinds) {
    if (sum(sizes) != sum(kinds)) {
      throw new IllegalArgumentException(
          "waves of %s vehicles, expected them to add up to the %d of %s"
              .formatted(sizes, sum(kinds), kinds));
    }
    List<List<Long>> spread = new ArrayList<>();
    List<Long> rest = kinds;
    for (long size : sizes) {
      boolean takesOneOfEach = spread.isEmpty() && size >= kinds.size();
      List<Long> taken = takesOneOfEach ? atLeastOne(size, rest) : inProportion(size, rest);
      spread.add(taken);
      rest = minus(rest, taken);
    }
    return spread;
  }

  private static List<Long> inProportion(long size, List<Long> kinds) {
    long all = sum(kinds);
    if (all == 0) {
      return kinds;
    }
    List<Long> taken = new ArrayList<>();
    List<Integer> byRemainder = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      taken.add(Math.multiplyExact(size, kinds.get(i)) / all);
      byRemainder.add(i);
    }
    // Stable: of equal remainders the earlier kind comes first.
    byRemainder.sort((a, b) -> Long.compare(size * kinds.get(b) % all, size * kinds.get(a) % all));
    long left = size - sum(taken);
    for (int i : byRemainder.subList(0, Math.toIntExact(left))) {
      taken.set(i, taken.get(i) + 1);
    }
    return taken;
  }

  /** Kinds whose part is below one get one; the others share what is left in proportion. */
  private static List<Long> atLeastOne(long size, List<Long> kinds) {
    List<Long> shared = new ArrayList<>(kinds);
    long left = size;
    boolean isSettled = false;
    while (!isSettled) {
      isSettled = true;
      long all = sum(shared);
      long toShare = left;
      for (int i = 0; i < shared.size(); i++) {
        long kind = shared.get(i);
        if (kind > 0 && Math.multiplyExact(toShare, kind) < all) {
          shared.set(i, 0L);
          left--;
          isSettled = false;
        }
      }
    }
    List<Long> taken = new ArrayList<>(inProportion(left, shared));
    for (int i = 0; i < shared.size(); i++) {
      if (shared.get(i) == 0) {
        taken.set(i, 1L);
      }
    }
    return taken;
  }

  private static List<Long> minus(List<Long> from, List<Long> taken) {
    List<Long> rest = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      rest.add(from.get(i) - taken.get(i));
    }
    return rest;
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }
}

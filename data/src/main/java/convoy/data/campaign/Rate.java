package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many manifests a campaign issues on one day at most, first attempts and later ones together.
 *
 * @param vehiclesPerDay 1 or more; with growth, how many it begins with
 * @param growing how it becomes more; null where it stays as it is
 */
public record Rate(long vehiclesPerDay, @Nullable Growth growing) {
  /**
   * Growth with success: one step for so many installed vehicles.
   *
   * @param factor each step multiplies by it, 2 to 10; null where {@code add} is given
   * @param add each step adds so many vehicles a day, 1 or more; null where {@code factor} is given
   * @param every installed vehicles to a step, 1 or more
   * @param max the most a day
   */
  public record Growth(@Nullable Integer factor, @Nullable Long add, long every, long max) {
    public Growth {
      if ((factor == null) == (add == null)) {
        throw new IllegalArgumentException("growing: expected either 'factor' or 'add'");
      }
      check(factor == null || (factor >= 2 && factor <= 10), "factor", factor + "", "2 to 10");
      check(add == null || add >= 1, "add", add + "", "1 or more");
      check(every >= 1, "every", every, "1 or more");
    }

    private long after(long steps, long begin) {
      if (add != null) {
        return steps > (max - begin) / add ? max : begin + steps * add;
      }
      long perDay = begin;
      for (long step = 0; step < steps && perDay < max; step++) {
        perDay = Math.min(max, perDay * (factor == null ? 1 : factor));
      }
      return perDay;
    }
  }

  private static final Share WHOLE = new Share(Share.WHOLE);
  private static final long MOST = 1_000_000_000;

  public Rate {
    check(
        vehiclesPerDay >= 1 && vehiclesPerDay <= MOST,
        "vehicles-per-day",
        vehiclesPerDay,
        "1 to " + MOST);
    check(
        growing == null || (growing.max() > vehiclesPerDay && growing.max() <= MOST),
        "max",
        growing == null ? 0 : growing.max(),
        "more than vehicles-per-day '" + vehiclesPerDay + "', at most " + MOST);
  }

  /**
   * How many it is now. It has grown only while the share of failures is below the limit at which
   * the campaign is paused; else it is what it began with.
   *
   * @param installed vehicles of the campaign that have the update
   * @param bad those that failed or are silent
   */
  public long perDay(long installed, long bad, Share pauseOnFailure) {
    boolean fails =
        bad > 0
            && Math.multiplyExact(bad, (long) Share.WHOLE)
                >= Math.multiplyExact(installed + bad, (long) pauseOnFailure.basisPoints());
    return growing == null || fails
        ? vehiclesPerDay
        : growing.after(installed / growing.every(), vehiclesPerDay);
  }

  /**
   * On how many days manifests are issued when every vehicle installs the update on the day on
   * which it gets it: the fewest. A wave begins on the day after the one before it.
   *
   * @param rate null: without a limit, so that each wave takes one day
   * @param waves the vehicles of each wave
   */
  public static long days(@Nullable Rate rate, List<Long> waves) {
    long days = 0;
    long installed = 0;
    for (long wave : waves) {
      long left = wave;
      while (left > 0) {
        long issued = rate == null ? left : Math.min(left, rate.perDay(installed, 0, WHOLE));
        left -= issued;
        installed += issued;
        days++;
      }
    }
    return days;
  }
}

package convoy.data.campaign;

import static convoy.data.update.DefinitionChecks.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many manifests a campaign issues at most, first attempts and later ones together. At least
 * one of the three limits is given; where there are several, all are kept.
 *
 * @param vehiclesPerHour in any 60 minutes, 1 or more
 * @param vehiclesPerNight from one noon to the next, 1 or more
 * @param vehiclesPerDay on one calendar day, 1 or more; with growth, how many it begins with
 * @param growing how those of a day become more; null where they stay as they are
 */
public record Rate(
    @Nullable Long vehiclesPerHour,
    @Nullable Long vehiclesPerNight,
    @Nullable Long vehiclesPerDay,
    @Nullable Growth growing) {
  /** Manifests that were issued in the last 60 minutes, since the last noon, and on this day. */
  public record Issued(long hour, long night, long day) {}

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

  private static final Threshold WHOLE = new Threshold.Part(new Share(Share.WHOLE));
  private static final long MOST = 1_000_000_000;

  public Rate {
    check(
        vehiclesPerHour != null || vehiclesPerNight != null || vehiclesPerDay != null,
        "rate",
        "{}",
        "vehicles-per-hour, vehicles-per-night or vehicles-per-day");
    limit(vehiclesPerHour, "vehicles-per-hour");
    limit(vehiclesPerNight, "vehicles-per-night");
    limit(vehiclesPerDay, "vehicles-per-day");
    if (growing != null) {
      check(
          vehiclesPerDay != null, "growing", "without a limit a day", "vehicles-per-day beside it");
      check(
          vehiclesPerDay != null && growing.max() > vehiclesPerDay && growing.max() <= MOST,
          "max",
          growing.max(),
          "more than vehicles-per-day '" + vehiclesPerDay + "', at most " + MOST);
    }
  }

  private static void limit(@Nullable Long vehicles, String name) {
    check(
        vehicles == null || (vehicles >= 1 && vehicles <= MOST),
        name,
        vehicles + "",
        "1 to " + MOST);
  }

  /** A rate of so many vehicles a day. */
  public static Rate daily(long vehiclesPerDay, @Nullable Growth growing) {
    return new Rate(null, null, vehiclesPerDay, growing);
  }

  /**
   * How many may be issued now: what the narrowest limit leaves, 0 or less where one is used up.
   * The rate of a day has grown only while the failures do not reach the limit at which the
   * campaign is paused; else it is what it began with.
   *
   * @param installed vehicles of the campaign that have the update
   * @param bad those that failed, as the gate counts them
   */
  public long allowance(long installed, long bad, Threshold pauseOnFailure, Issued issued) {
    return Math.min(
        left(vehiclesPerHour, issued.hour()),
        Math.min(
            left(vehiclesPerNight, issued.night()),
            left(day(installed, bad, pauseOnFailure), issued.day())));
  }

  private static long left(@Nullable Long limit, long issued) {
    return limit == null ? Long.MAX_VALUE : limit - issued;
  }

  private @Nullable Long day(long installed, long bad, Threshold pauseOnFailure) {
    if (vehiclesPerDay == null || growing == null) {
      return vehiclesPerDay;
    }
    boolean fails = bad > 0 && pauseOnFailure.isReached(bad, installed + bad);
    return fails ? vehiclesPerDay : growing.after(installed / growing.every(), vehiclesPerDay);
  }

  /**
   * On how many days manifests are issued when every vehicle installs the update on the day on
   * which it gets it, and every hour's limit is used: the fewest. A wave begins on the day after
   * the one before it.
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
        long issued = rate == null ? left : Math.min(left, rate.mostOfADay(installed));
        left -= issued;
        installed += issued;
        days++;
      }
    }
    return days;
  }

  private long mostOfADay(long installed) {
    long hours = vehiclesPerHour == null ? Long.MAX_VALUE : 24 * vehiclesPerHour;
    return Math.min(hours, Math.min(left(vehiclesPerNight, 0), left(day(installed, 0, WHOLE), 0)));
  }
}

package convoy.jobs.samples;

import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What decides every byte of a set of sample exports.
 *
 * @param seed the same seed gives the same fleet
 * @param vehicles vehicles in the fleet on the first night, in all plants together
 * @param badRows rows with a fault, in all files together, added beside the good ones
 * @param exportedAt the time that the exports give as their own
 * @param night 1 exports the whole fleet; each later night, one day after the one before, exports
 *     only what that day changed: some vehicles with newer software, and some new vehicles
 */
public record SampleSpec(long seed, int vehicles, int badRows, Instant exportedAt, int night) {
  /** With about 10 ECUs a vehicle, 15 million ECU rows; the serial number has six digits. */
  public static final int MAX_VEHICLES = 1_500_000;

  private static final int MIN_VEHICLES = 10;
  private static final int MAX_BAD_ROWS = 100_000;
  private static final int MAX_NIGHT = 10;

  /**
   * @throws ConvoyException (USAGE) when a number is out of its range
   */
  public SampleSpec {
    requireRange("vehicles", vehicles, MIN_VEHICLES, MAX_VEHICLES);
    requireRange("bad rows", badRows, 0, MAX_BAD_ROWS);
    requireRange("night", night, 1, MAX_NIGHT);
  }

  /** The first night of the fleet of that seed. */
  public SampleSpec(long seed, int vehicles, int badRows, Instant exportedAt) {
    this(seed, vehicles, badRows, exportedAt, 1);
  }

  /** The next night: the same fleet, exported one day later. */
  public SampleSpec nextNight() {
    return new SampleSpec(
        seed, vehicles, badRows, exportedAt.plus(Duration.ofDays(1)), Math.addExact(night, 1));
  }

  /** The day (UTC) of the first night, on which the dates of the first fleet are counted back. */
  LocalDate firstDay() {
    return LocalDate.ofInstant(exportedAt, ZoneOffset.UTC).minusDays(night - 1L);
  }

  private static void requireRange(String what, int found, int min, int max) {
    if (found < min || found > max) {
      throw new ConvoyException(
          ErrorCode.USAGE,
          "sample data: %s %d: expected %d to %d".formatted(what, found, min, max));
    }
  }
}

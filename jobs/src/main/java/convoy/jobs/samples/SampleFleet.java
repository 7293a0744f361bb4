package convoy.jobs.samples;

import convoy.data.vehicle.EcuFacts;
import convoy.data.vehicle.Powertrain;
import convoy.data.vehicle.VehicleFacts;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sample fleet: three plants of one group, vehicles built over the three years before the first
 * night. Vehicle n of a plant is made from the seed, the plant and n alone, so a fleet of any size
 * streams in constant memory and any vehicle can be made by itself. Which software releases exist
 * stands in {@link SampleModule}; older vehicles mostly have older ones.
 */
public final class SampleFleet {
  private static final int DAYS = 3 * 365;
  private static final int NEW_SHARE = 100;
  private static final int REWORK_EVERY = 20;
  private static final int GHOSTS = 50_000;

  private SampleFleet() {}

  /** All vehicles that the spec's night exports, plant by plant, oldest first. */
  public static Stream<SampleVehicle> generate(SampleSpec spec) {
    // Not flatMap: the iterator of such a stream holds a whole plant in memory.
    return Stream.of(Plant.values())
        .map(plant -> generate(spec, plant))
        .reduce(Stream.empty(), Stream::concat);
  }

  /** The vehicles of one plant that the spec's night exports, oldest first. */
  public static Stream<SampleVehicle> generate(SampleSpec spec, Plant plant) {
    return numbers(spec, plant).mapToObj(n -> vehicle(spec, plant, n));
  }

  /** How many vehicles of that plant the spec's night exports. */
  static int size(SampleSpec spec, Plant plant) {
    return (int) numbers(spec, plant).count();
  }

  /** A vehicle that no night exports, for rows that must not touch a real one. */
  static SampleVehicle ghost(SampleSpec spec, Plant plant, int number) {
    return vehicle(spec, plant, SampleVin.MAX_SERIAL - 1 - number % GHOSTS);
  }

  private static IntStream numbers(SampleSpec spec, Plant plant) {
    int first = plant.vehicles(spec.vehicles());
    if (spec.night() == 1) {
      return IntStream.range(0, first);
    }
    int fresh = freshPerNight(first);
    int from = first + (spec.night() - 2) * fresh;
    int phase = spec.night() % REWORK_EVERY;
    return IntStream.concat(
        IntStream.range(0, first).filter(n -> n % REWORK_EVERY == phase),
        IntStream.range(from, from + fresh));
  }

  private static int freshPerNight(int first) {
    return Math.max(1, first / NEW_SHARE);
  }

  private static SampleVehicle vehicle(SampleSpec spec, Plant plant, int number) {
    Random random = new Random(mix(mix(spec.seed() + plant.code()) + number));
    int first = plant.vehicles(spec.vehicles());
    LocalDate built = builtOn(spec, first, number);
    int modelYear = built.getYear() + (built.getMonthValue() >= 7 ? 1 : 0);
    SampleModel model = pick(random, plant.models());
    // The first of two draws wins, so that the most usual powertrain stays the most usual.
    List<Powertrain> powertrains = model.powertrains();
    int drive = Math.min(random.nextInt(powertrains.size()), random.nextInt(powertrains.size()));
    Powertrain powertrain = powertrains.get(drive);
    int trim = random.nextInt(4);
    String region = pick(random, plant.regions());
    String serial = SampleVin.padded(number + 1, 7);
    VehicleFacts facts =
        new VehicleFacts(
            SampleVin.of(plant, model.descriptor(powertrain, trim), modelYear, number + 1),
            model.title(),
            modelYear,
            powertrain,
            region,
            engineCode(powertrain) + plant.code() + serial,
            "CH" + plant.code() + modelYear + serial,
            built,
            null);
    boolean reworked = spec.night() > 1 && number < first;
    double age = Math.min(1.0, (double) number / first);
    List<EcuFacts> ecus =
        SampleEcus.of(facts, model, trim, plant.code() + serial, age, reworked, random);
    return new SampleVehicle(plant, number, facts, ecus);
  }

  private static LocalDate builtOn(SampleSpec spec, int first, int number) {
    if (number < first) {
      return spec.firstDay().minusDays(DAYS - (long) number * DAYS / first);
    }
    int nightsLater = Math.min((number - first) / freshPerNight(first), spec.night() - 1);
    return spec.firstDay().plusDays(nightsLater);
  }

  /** An engine's code, or for an electric vehicle its motor's. */
  private static String engineCode(Powertrain powertrain) {
    return switch (powertrain) {
      case PETROL, GAS -> "DPC";
      case DIESEL -> "DTT";
      case HYBRID -> "DGE";
      case PLUG_IN_HYBRID -> "DUC";
      case ELECTRIC, FUEL_CELL -> "EBJ";
    };
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** The finaliser of SplitMix64: neighbouring seeds must not give neighbouring vehicles. */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

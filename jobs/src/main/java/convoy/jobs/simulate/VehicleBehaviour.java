package convoy.jobs.simulate;

import convoy.jobs.simulate.SimulatedAttempt.Target;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What one vehicle reports of one attempt. The same seed, vehicle, campaign and attempt always give
 * the same reports.
 */
public final class VehicleBehaviour {
  private final long seed;
  private final SimulationPlan plan;

  public VehicleBehaviour(long seed, SimulationPlan plan) {
    this.seed = seed;
    this.plan = plan;
  }

  /**
   * The events that the vehicle sends, in the order in which they arrive; none when it is silent.
   */
  public List<SimulatedReport> reports(SimulatedAttempt attempt) {
    SplittableRandom random = random(attempt);
    VehicleJourney journey = new VehicleJourney(attempt, random);
    int draw = random.nextInt(SimulationPlan.WHOLE);
    List<Target> targets = attempt.targets();
    Target chosen = targets.get(random.nextInt(targets.size()));
    if ((draw -= plan.fail()) < 0) {
      journey.installBefore(chosen);
      journey.fail(chosen, fault(random));
    } else if ((draw -= plan.silent()) < 0) {
      if (random.nextBoolean()) {
        journey.breakOff(chosen);
      }
    } else if ((draw -= plan.declined()) < 0) {
      journey.decline();
    } else if ((draw -= plan.wrongVersion()) < 0) {
      journey.installAll(chosen);
    } else {
      journey.installAll(null);
      if (draw < plan.fellBack()) {
        journey.fallBack(chosen);
      }
    }
    return Delivery.of(journey.events(), attempt.issuedAt(), plan, random);
  }

  /**
   * The same of a vehicle of which one ECU refuses what it downloaded, before anything is
   * installed.
   *
   * @param module one of the attempt's
   */
  List<SimulatedReport> refuses(SimulatedAttempt attempt, String module, Fault fault) {
    SplittableRandom random = random(attempt);
    VehicleJourney journey = new VehicleJourney(attempt, random);
    attempt.targets().stream()
        .filter(target -> target.module().equals(module))
        .forEach(target -> journey.fail(target, fault));
    return Delivery.of(journey.events(), attempt.issuedAt(), plan, random);
  }

  private Fault fault(SplittableRandom random) {
    int sum = plan.faults().values().stream().mapToInt(Integer::intValue).sum();
    int draw = random.nextInt(sum);
    for (Map.Entry<Fault, Integer> entry : plan.faults().entrySet()) {
      draw -= entry.getValue();
      if (draw < 0) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("the weights changed while they were read");
  }

  /** FNV-1a over all that the reports depend on; SplittableRandom spreads nearby seeds itself. */
  private SplittableRandom random(SimulatedAttempt a) {
    String key = seed + "/" + a.vin() + "/" + a.campaign() + "/" + a.attempt();
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return new SplittableRandom(hash);
  }
}

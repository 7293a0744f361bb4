package convoy.jobs.simulate;

import convoy.jobs.simulate.SimulatedAttempt.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What one vehicle reports of one attempt. The same seed, rules, vehicle, campaign and attempt
 * always give the same reports, whatever other vehicles there are. So a share is the chance of each
 * attempt, and not an exact count: raising it adds attempts and takes none away.
 */
public final class VehicleBehaviour {
  private final long seed;
  private final List<SimulationRule> rules;

  /** By the number of a rule; first where none covers. */
  private final List<Conduct> conducts = new ArrayList<>();

  /**
   * @param otherwise for attempts that no rule covers
   */
  public VehicleBehaviour(long seed, SimulationPlan otherwise, SimulationRules rules) {
    this.seed = seed;
    this.rules = rules.rules();
    conducts.add(Conduct.of(otherwise));
    this.rules.forEach(rule -> conducts.add(rule.conduct()));
  }

  /**
   * What becomes of an attempt.
   *
   * @param rule the number of the rule that covers it, from 1; 0 for none
   * @param outcome in a word or two: {@code installed}, {@code POWER_LOSS}, {@code silent}, …
   * @param reports in the order in which they arrive; none when the vehicle is silent
   */
  public record Play(int rule, String outcome, List<SimulatedReport> reports) {}

  int ruleCount() {
    return rules.size();
  }

  /** The events that the vehicle sends, in the order in which they arrive. */
  public List<SimulatedReport> reports(SimulatedAttempt attempt) {
    return play(attempt).reports();
  }

  /** Lets the vehicle act. */
  public Play play(SimulatedAttempt attempt) {
    int rule = rule(attempt);
    List<Target> concerned =
        rule == 0
            ? attempt.targets()
            : attempt.targets().stream().filter(rules.get(rule - 1).target()).toList();
    return play(rule, conducts.get(rule), attempt, concerned);
  }

  /** The number of the first rule that covers the attempt, 0 for none. */
  private int rule(SimulatedAttempt attempt) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).covers(attempt)) {
        return i + 1;
      }
    }
    return 0;
  }

  private Play play(int rule, Conduct conduct, SimulatedAttempt attempt, List<Target> concerned) {
    SimulationPlan plan = conduct.plan();
    SplittableRandom random = random(attempt);
    VehicleJourney journey = new VehicleJourney(attempt, random);
    int draw = random.nextInt(SimulationPlan.WHOLE);
    Target chosen = concerned.get(random.nextInt(concerned.size()));
    String outcome;
    if ((draw -= plan.fail()) < 0) {
      journey.installBefore(chosen);
      Failure failure = failure(conduct, random);
      boolean failed = journey.fail(chosen, failure);
      String code = failure.code() == null ? "failed without a code" : failure.code();
      outcome = failed ? code : "installed";
    } else if ((draw -= plan.silent()) < 0) {
      if (random.nextBoolean()) {
        journey.breakOff(chosen);
      }
      outcome = "silent";
    } else if ((draw -= plan.declined()) < 0) {
      journey.decline();
      outcome = "declined where asked";
    } else if ((draw -= conduct.declinedUnasked()) < 0) {
      journey.declineUnasked();
      outcome = "declined";
    } else if ((draw -= plan.wrongVersion()) < 0) {
      journey.installAll(chosen);
      outcome = "lied";
    } else {
      journey.installAll(null);
      boolean fellBack = draw < plan.fellBack() && journey.fallBack(chosen);
      outcome = fellBack ? "fell back" : "installed";
    }
    return new Play(
        rule, outcome, Delivery.of(journey.events(), attempt.issuedAt(), conduct, random));
  }

  /**
   * The same of a vehicle of which one ECU refuses what it downloaded, before anything is
   * installed.
   *
   * @param module one of the attempt's
   */
  Play refuses(SimulatedAttempt attempt, String module, Fault fault) {
    int rule = rule(attempt);
    SplittableRandom random = random(attempt);
    VehicleJourney journey = new VehicleJourney(attempt, random);
    attempt.targets().stream()
        .filter(target -> target.module().equals(module))
        .forEach(target -> journey.fail(target, fault.failure()));
    return new Play(
        rule,
        fault.name(),
        Delivery.of(journey.events(), attempt.issuedAt(), conducts.get(rule), random));
  }

  private static Failure failure(Conduct conduct, SplittableRandom random) {
    List<String> errors = conduct.errors();
    return errors.isEmpty()
        ? fault(conduct.plan(), random).failure()
        : Failure.of(errors.get(random.nextInt(errors.size())));
  }

  private static Fault fault(SimulationPlan plan, SplittableRandom random) {
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

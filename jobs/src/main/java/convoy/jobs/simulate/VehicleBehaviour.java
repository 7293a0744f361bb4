package convoy.jobs.simulate;

import convoy.data.campaign.OwnerConsent.Mode;
import convoy.jobs.simulate.SimulatedAttempt.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

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
   * @param waits whether it comes to nothing of this where the vehicle gets a newer manifest first
   */
  public record Play(int rule, String outcome, List<SimulatedReport> reports, boolean waits) {}

  int ruleCount() {
    return rules.size();
  }

  /** The events that the vehicle sends, in the order in which they arrive. */
  public List<SimulatedReport> reports(SimulatedAttempt attempt) {
    return play(attempt).reports();
  }

  /** How the vehicle behaves in an attempt. */
  Conduct conduct(SimulatedAttempt attempt) {
    return conducts.get(rule(attempt));
  }

  /** The hardware that an ECU has by the rule that covers it; null: what the exports say. */
  @Nullable String hasHardware(SimulatedAttempt attempt, Target target) {
    int rule = rule(attempt);
    return rule > 0 && rules.get(rule - 1).target().test(target)
        ? conducts.get(rule).hasHardware()
        : null;
  }

  /** When the vehicle reads the manifest, which does not depend on the rules. */
  Instant reads(SimulatedAttempt attempt) {
    return new VehicleJourney(attempt, random(attempt)).now();
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
    Optional<Fault> unmet = conduct.unmet(attempt.preconditions());
    if (unmet.isPresent() && attempt.consent().mode() != Mode.DOWNLOAD_ONLY) {
      journey.waitInVain(unmet.get().failure(), attempt.expiresAt().minus(conduct.clock()));
      return new Play(
          rule,
          unmet.get().name(),
          Delivery.of(journey.events(), attempt.issuedAt(), conduct, random),
          true);
    }
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
        rule, outcome, Delivery.of(journey.events(), attempt.issuedAt(), conduct, random), false);
  }

  /**
   * The same of a vehicle that refuses what it was given, before anything is installed.
   *
   * @param module the one that it is about; null: all of the attempt's
   * @param reason for people
   */
  Play refuses(SimulatedAttempt attempt, @Nullable String module, Failure failure, String reason) {
    int rule = rule(attempt);
    SplittableRandom random = random(attempt);
    VehicleJourney journey = new VehicleJourney(attempt, random);
    attempt.targets().stream()
        .filter(target -> module == null || target.module().equals(module))
        .forEach(target -> journey.refuse(target, failure, reason));
    return new Play(
        rule,
        String.valueOf(failure.code()),
        Delivery.of(journey.events(), attempt.issuedAt(), conducts.get(rule), random),
        true);
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

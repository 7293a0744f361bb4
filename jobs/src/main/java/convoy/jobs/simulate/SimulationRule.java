package convoy.jobs.simulate;

import static convoy.data.update.DefinitionChecks.check;

import convoy.data.campaign.Share;
import convoy.jobs.simulate.SimulatedAttempt.Kind;
import convoy.jobs.simulate.SimulatedAttempt.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What some of the vehicles do. It covers the attempts that all of its keys vin to manifest fit,
 * each by one of its values; without such a key, every attempt. What it does not make go wrong is
 * installed and reported in order.
 *
 * @param module of an ECU that the manifest addresses; this one fails, lies or falls back
 * @param hardware the same by its hardware part
 * @param fail attempts that fail with an error
 * @param error the error codes, each as likely; UNSPECIFIED for none; absent: as usual
 * @param silent attempts of which nothing more is heard, at once or half-way
 * @param decline attempts that the owner declines where asked
 * @param declineUnasked attempts reported as declined, whether the owner was to be asked or not
 * @param lie attempts reported as installed while an ECU still runs its old version
 * @param fallBack attempts that install and later run the old version again
 * @param repeat events that are sent twice
 * @param disorder events that are overtaken by later ones
 * @param late attempts of which a part of the events arrives late
 * @param lateBy by how much; a day when absent
 * @param clock how far the vehicles' clocks are ahead
 * @param hasHardware the hardware part that the ECUs have, whatever the exports say
 * @param battery the charge of the vehicles' batteries, which does not change
 * @param parked how long they are parked at a time; PT0S for never
 */
public record SimulationRule(
    @Nullable List<String> vin,
    @Nullable List<String> model,
    @Nullable List<String> region,
    @Nullable List<String> module,
    @Nullable List<String> hardware,
    @Nullable List<String> campaign,
    @Nullable List<Integer> wave,
    @Nullable List<Integer> attempt,
    @Nullable Kind manifest,
    @Nullable Share fail,
    @Nullable List<String> error,
    @Nullable Share silent,
    @Nullable Share decline,
    @Nullable Share declineUnasked,
    @Nullable Share lie,
    @Nullable Share fallBack,
    @Nullable Share repeat,
    @Nullable Share disorder,
    @Nullable Share late,
    @Nullable Duration lateBy,
    @Nullable Duration clock,
    @Nullable String hasHardware,
    @Nullable Share battery,
    @Nullable Duration parked) {

  /**
   * @throws IllegalArgumentException when keys do not go together; the message begins with one
   */
  public SimulationRule {
    int outcomes =
        share(fail)
            + share(silent)
            + share(decline)
            + share(declineUnasked)
            + share(lie)
            + share(fallBack);
    check(
        outcomes <= Share.WHOLE,
        "fail",
        fail == null ? new Share(0) : fail,
        "with silent, decline, decline-unasked, lie and fall-back 100% at most, found "
            + Share.percent(outcomes));
    some("vin", vin);
    some("model", model);
    some("region", region);
    some("module", module);
    some("hardware", hardware);
    some("campaign", campaign);
    some("wave", wave);
    some("attempt", attempt);
    some("error", error);
    check(error == null || fail != null, "error", error, "it beside fail");
    check(lateBy == null || late != null, "late-by", lateBy, "it beside late");
    check(lateBy == null || !lateBy.isNegative(), "late-by", lateBy, "a duration of PT0S or more");
    check(parked == null || !parked.isNegative(), "parked", parked, "a duration of PT0S or more");
    check(
        hasHardware == null || !hasHardware.isBlank(),
        "has-hardware",
        hasHardware,
        "a hardware part");
    check(wave == null || wave.stream().allMatch(n -> n > 0), "wave", wave, "1 or more");
    check(
        attempt == null || attempt.stream().allMatch(n -> n > 0), "attempt", attempt, "1 or more");
  }

  /** Whether the rule has no key at all. */
  public boolean isEmpty() {
    return equals(
        new SimulationRule(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null, null, null, null, null));
  }

  /** The names that the rule uses and a store may know, by key. */
  public Map<String, List<String>> names() {
    Map<String, List<String>> names = new TreeMap<>();
    put(names, "model", model);
    put(names, "region", region);
    put(names, "module", module);
    put(names, "hardware", hardware);
    put(names, "campaign", campaign);
    put(names, "error", error);
    return names;
  }

  boolean covers(SimulatedAttempt a) {
    return fits(vin, a.vin())
        && fits(model, a.model())
        && fits(region, a.region())
        && fits(campaign, a.campaign())
        && fits(wave, a.wave())
        && fits(attempt, a.attempt())
        && (manifest == null || manifest == a.kind())
        && a.targets().stream().anyMatch(target());
  }

  /** Which ECUs it is about. */
  Predicate<Target> target() {
    return target -> fits(module, target.module()) && fits(hardware, target.hardware());
  }

  Conduct conduct() {
    return new Conduct(
        new SimulationPlan(
            share(fail),
            share(silent),
            share(decline),
            share(lie),
            share(fallBack),
            share(repeat),
            share(disorder),
            share(late),
            SimulationPlan.usual().faults()),
        share(declineUnasked),
        error == null ? List.of() : error,
        lateBy == null ? Conduct.A_DAY : lateBy,
        clock == null ? Duration.ZERO : clock,
        hasHardware,
        battery,
        parked);
  }

  /** A list that nothing could be one of would cover nobody. */
  private static void some(String key, @Nullable List<?> values) {
    check(values == null || !values.isEmpty(), key, values, "one or more");
  }

  private static void put(
      Map<String, List<String>> names, String key, @Nullable List<String> values) {
    if (values != null) {
      names.put(key, values);
    }
  }

  private static <T> boolean fits(@Nullable List<T> values, T value) {
    return values == null || values.contains(value);
  }

  private static int share(@Nullable Share share) {
    return share == null ? 0 : share.basisPoints();
  }
}

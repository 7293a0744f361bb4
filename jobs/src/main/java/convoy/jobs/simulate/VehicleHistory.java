package convoy.jobs.simulate;

import convoy.data.manifest.RefusedManifest;
import convoy.data.manifest.TakenBefore;
import convoy.data.manifest.TakenManifest;
import convoy.jobs.simulate.VehicleBehaviour.Play;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What vehicles made of their manifests, in whatever order these were read. A vehicle meets them in
 * the order of their issue; one that goes back behind what it took is refused as a whole, and what
 * a newer one makes void does not happen.
 */
final class VehicleHistory {
  private static final Comparator<Step> IN_ORDER =
      Comparator.comparing((Step step) -> step.manifest().issuedAt())
          .thenComparing(step -> step.manifest().version());

  /**
   * A manifest that holds by itself.
   *
   * @param acts what the vehicle makes of it, for each campaign that it asks for; none when it
   *     installs nothing
   * @param withdrawn the campaign of which it takes back what came before; null for none
   */
  private record Step(TakenManifest manifest, List<Acted> acts, @Nullable String withdrawn) {}

  /**
   * What a vehicle makes of a manifest.
   *
   * @param refusal why it refuses it, for people; null when it does not
   * @param attack what it says of the attack that it takes it for; null where it is none
   */
  record Acted(
      SimulatedAttempt attempt, Play play, @Nullable String refusal, @Nullable String attack) {
    Acted with(List<SimulatedReport> reports) {
      return new Acted(
          attempt, new Play(play.rule(), play.outcome(), reports, play.waits()), refusal, attack);
    }
  }

  private final Map<String, List<Step>> steps = new TreeMap<>();
  private final Map<String, List<Acted>> refused = new TreeMap<>();

  /**
   * A manifest that its vehicle takes, as far as that depends on no other.
   *
   * @param withdrawn the campaign of which it takes back what came before; null for none
   */
  void took(TakenManifest manifest, List<Acted> acts, @Nullable String withdrawn) {
    steps
        .computeIfAbsent(manifest.vin(), vin -> new ArrayList<>(2))
        .add(new Step(manifest, acts, withdrawn));
  }

  /** A manifest that its vehicle refuses by itself. */
  void refused(Acted acted) {
    refused.computeIfAbsent(acted.attempt().vin(), vin -> new ArrayList<>(2)).add(acted);
  }

  /**
   * What happens in the end, once all manifests were added.
   *
   * @param refusal what the vehicle makes of one that goes back behind what it took
   */
  List<Acted> settle(BiFunction<SimulatedAttempt, RefusedManifest, Acted> refusal) {
    List<Acted> all = new ArrayList<>();
    steps.forEach(
        (vin, met) -> {
          List<Acted> refusals = refused.computeIfAbsent(vin, v -> new ArrayList<>(2));
          List<Step> taken = taken(met, refusal, refusals);
          for (Step step : taken) {
            step.acts().forEach(acted -> all.add(done(acted, taken)));
          }
        });
    refused.forEach(
        (vin, acts) -> {
          List<Step> taken = steps.getOrDefault(vin, List.of());
          acts.forEach(act -> all.add(done(act, taken)));
        });
    return all;
  }

  /** Those that the vehicle takes; what it makes of the others is added to the refusals. */
  private static List<Step> taken(
      List<Step> met,
      BiFunction<SimulatedAttempt, RefusedManifest, Acted> refusal,
      List<Acted> refusals) {
    met.sort(IN_ORDER);
    TakenBefore before = new TakenBefore(null);
    List<Step> taken = new ArrayList<>(met.size());
    for (Step step : met) {
      try {
        before.requireFollows(step.manifest());
        before.add(step.manifest());
        taken.add(step);
      } catch (RefusedManifest e) {
        step.acts().forEach(acted -> refusals.add(refusal.apply(acted.attempt(), e)));
      }
    }
    return taken;
  }

  /** What of it happens, given all that the vehicle takes. */
  private static Acted done(Acted acted, List<Step> taken) {
    List<SimulatedReport> reports =
        acted.play().reports().stream()
            .filter(report -> taken.stream().noneMatch(step -> isVoid(acted, report, step)))
            .toList();
    return acted.with(reports);
  }

  private static boolean isVoid(Acted acted, SimulatedReport report, Step newer) {
    SimulatedAttempt attempt = acted.attempt();
    if (newer.manifest().version() <= attempt.manifestVersion()) {
      return false;
    }
    boolean isLater = !report.happenedAt().isBefore(newer.manifest().issuedAt());
    if (attempt.campaign().equals(newer.withdrawn())) {
      // A vehicle that is told to install nothing does nothing more for what it was told before.
      return isLater;
    }
    return acted.play().waits()
        && !newer.manifest().issuedAt().isBefore(attempt.issuedAt())
        && (isLater
            || newer.acts().stream().anyMatch(other -> isSameAttempt(attempt, other.attempt())));
  }

  /** The same signed anew: the vehicle goes on with the newer one. */
  private static boolean isSameAttempt(SimulatedAttempt one, SimulatedAttempt other) {
    return one.campaign().equals(other.campaign()) && one.attempt() == other.attempt();
  }
}

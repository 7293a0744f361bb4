package convoy.jobs.simulate;

import convoy.data.duckdb.VehicleMemory;
import convoy.data.error.ConvoyException;
import convoy.data.error.ErrorCode;
import convoy.data.manifest.KnownEcu;
import convoy.data.manifest.ManifestBundle;
import convoy.data.manifest.ManifestClaims;
import convoy.data.manifest.ManifestPart;
import convoy.data.manifest.ManifestTarget;
import convoy.data.manifest.RefusedManifest;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.status.ReportedState;
import convoy.jobs.simulate.VehicleHistory.Acted;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What vehicles make of the manifests that they meet. */
final class ManifestsMet {
  private final VehicleBehaviour behaviour;
  private final VehicleMemory memory;
  private final VehicleCheck check;
  private final ImageOpening opening;
  private final VehicleHistory history = new VehicleHistory();

  /** Of manifests that say of no attempt that they are for it, why they are refused. */
  private final List<String> refused = new ArrayList<>();

  private int count;

  ManifestsMet(
      VehicleBehaviour behaviour, VehicleMemory memory, VehicleCheck check, ImageOpening opening) {
    this.behaviour = behaviour;
    this.memory = memory;
    this.check = check;
    this.opening = opening;
  }

  int count() {
    return count;
  }

  /** Why manifests were refused that say of no attempt that they are for it. */
  List<String> refused() {
    return refused;
  }

  /** What happens in the end. */
  List<Acted> settle() {
    return history.settle(this::refuses);
  }

  /** A vehicle meets its manifest. */
  void meet(ManifestBundle bundle) throws IOException {
    count++;
    ManifestClaims claims;
    VehicleMemory.Vehicle vehicle;
    try {
      claims = ManifestClaims.read(bundle);
      vehicle = memory.vehicle(bundle.vin()).orElseThrow(() -> unknown(bundle));
    } catch (ConvoyException e) {
      refused.add(line(bundle.vin(), e, "nothing, as it does not say about what"));
      return;
    }
    if (claims.parts().isEmpty()) {
      meetNothing(bundle, claims.issuedAt());
      return;
    }
    List<SimulatedAttempt> claimed = SimulatedAttempts.of(bundle.vin(), claims, vehicle, memory);
    // It reads all of it at once, when it reads the first.
    Conduct conduct = behaviour.conduct(claimed.get(0));
    Instant reads = behaviour.reads(claimed.get(0));
    try {
      act(
          check.verify(bundle, reads.plus(conduct.clock())),
          claimed,
          SimulatedAttempts.ecus(claimed, memory.ecus(bundle.vin(), reads), behaviour));
    } catch (ConvoyException e) {
      RefusedManifest problem = RefusedManifest.of(e);
      claimed.forEach(attempt -> history.refused(refuses(attempt, problem)));
    }
  }

  /** It withdraws what came before; there is no module to report on. */
  private void meetNothing(ManifestBundle bundle, Instant issuedAt) throws IOException {
    try {
      VerifiedManifest manifest = check.verify(bundle, issuedAt);
      took(manifest, manifest.all(), List.of());
    } catch (ConvoyException e) {
      refused.add(line(bundle.vin(), e, "nothing, as it names no module"));
    }
  }

  /** The parts are independent: what is wrong with one keeps no other back. */
  private void act(
      VerifiedManifest manifest, List<SimulatedAttempt> claimed, Map<String, KnownEcu> ecus)
      throws IOException {
    List<ManifestTarget> taken = new ArrayList<>();
    List<Acted> acts = new ArrayList<>();
    for (ManifestPart part : manifest.parts()) {
      SimulatedAttempt claim =
          claimed.stream()
              .filter(attempt -> attempt.campaign().equals(part.campaign()))
              .findFirst()
              .orElseThrow();
      try {
        manifest.requireFits(part.targets(), ecus);
      } catch (RefusedManifest e) {
        history.refused(refuses(claim, e));
        continue;
      }
      taken.addAll(part.targets());
      acts.add(act(manifest, part, SimulatedAttempts.of(manifest, part, claim)));
    }
    // What it withdraws hangs on no ECU.
    if (!acts.isEmpty() || manifest.targets().isEmpty()) {
      took(manifest, taken, acts);
    }
  }

  private Acted act(VerifiedManifest manifest, ManifestPart part, SimulatedAttempt attempt)
      throws IOException {
    Optional<ImageOpening.Refusal> refusal = opening.refusal(part.targets());
    VehicleBehaviour.Play play =
        refusal
            .map(
                r ->
                    behaviour.refuses(
                        attempt, r.target().image().module(), r.fault().failure(), r.reason()))
            .orElseGet(() -> behaviour.play(attempt));
    return new Acted(attempt, play, refusal.map(found -> line(manifest, found)).orElse(null), null);
  }

  private void took(VerifiedManifest manifest, List<ManifestTarget> targets, List<Acted> acts) {
    history.took(
        manifest.taken(targets), acts, manifest.targets().isEmpty() ? manifest.campaign() : null);
  }

  /** Nothing is downloaded, and all of it is refused; the event is about the ECU in question. */
  private Acted refuses(SimulatedAttempt attempt, RefusedManifest problem) {
    String code = problem.refusal().name();
    String reason = String.valueOf(problem.getMessage());
    return new Acted(
        attempt,
        behaviour.refuses(
            attempt,
            attempt.module(problem.ecuSerial()),
            new Failure(code, ReportedState.RECEIVED, false),
            reason),
        line(attempt.vin(), problem, code),
        problem.refusal().isAttack() ? reason : null);
  }

  private static ConvoyException unknown(ManifestBundle bundle) {
    return new ConvoyException(
        ErrorCode.NOT_TRUSTED,
        "%s version %d: no vehicle here has this VIN, expected one that was given a manifest"
            .formatted(bundle.vin(), bundle.version()));
  }

  private static String line(String vin, ConvoyException problem, String reported) {
    String message = String.valueOf(problem.getMessage());
    return "%s%s: it reports %s"
        .formatted(message.startsWith(vin) ? "" : vin + ": ", message, reported);
  }

  private static String line(VerifiedManifest manifest, ImageOpening.Refusal refusal) {
    return "%s: version %d: ECU '%s': %s: it reports %s"
        .formatted(
            manifest.vin(),
            manifest.version(),
            refusal.target().ecuSerial(),
            refusal.reason(),
            refusal.fault());
  }
}

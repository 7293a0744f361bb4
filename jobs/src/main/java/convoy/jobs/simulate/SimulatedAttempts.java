package convoy.jobs.simulate;

import convoy.data.campaign.OwnerConsent;
import convoy.data.duckdb.VehicleMemory;
import convoy.data.duckdb.VehicleMemory.Unit;
import convoy.data.duckdb.VehicleMemory.Vehicle;
import convoy.data.manifest.KnownEcu;
import convoy.data.manifest.ManifestClaims;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.update.Preconditions;
import convoy.jobs.simulate.SimulatedAttempt.Kind;
import convoy.jobs.simulate.SimulatedAttempt.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes attempts of manifests and of what vehicles know of themselves. */
final class SimulatedAttempts {
  private SimulatedAttempts() {}

  /** The attempt that a manifest says it is for; enough to refuse it. */
  static SimulatedAttempt of(
      String vin, ManifestClaims claims, Vehicle vehicle, VehicleMemory memory) {
    return new SimulatedAttempt(
        vin,
        vehicle.model(),
        vehicle.region(),
        claims.campaign(),
        claims.wave(),
        claims.version(),
        claims.attempt(),
        claims.targets().stream().map(target -> target(vin, claims, target, memory)).toList(),
        claims.issuedAt(),
        claims.issuedAt(),
        Preconditions.NONE,
        OwnerConsent.DEFAULT,
        kind(vin, claims.version(), memory));
  }

  /** The same of a manifest that was verified: with its order of installation and its terms. */
  static SimulatedAttempt of(VerifiedManifest manifest, SimulatedAttempt claimed) {
    Map<String, Target> claims =
        claimed.targets().stream().collect(Collectors.toMap(Target::serial, target -> target));
    return new SimulatedAttempt(
        claimed.vin(),
        claimed.model(),
        claimed.region(),
        claimed.campaign(),
        claimed.wave(),
        claimed.manifestVersion(),
        claimed.attempt(),
        manifest.targets().stream().map(target -> claims.get(target.ecuSerial())).toList(),
        claimed.issuedAt(),
        manifest.expiresAt(),
        manifest.preconditions(),
        manifest.owner().consent(),
        claimed.kind());
  }

  /**
   * What a vehicle knows of its ECUs, by serial.
   *
   * @param units those that the exports name
   * @param behaviour whose rules may say that an ECU has other hardware
   */
  static Map<String, KnownEcu> ecus(
      SimulatedAttempt attempt, Collection<Unit> units, VehicleBehaviour behaviour) {
    Map<String, KnownEcu> ecus = new HashMap<>();
    units.forEach(unit -> ecus.putIfAbsent(unit.serial(), new KnownEcu(unit.hardware(), 0)));
    for (Target target : attempt.targets()) {
      // Two modules of a vehicle may have one serial.
      units.stream()
          .filter(u -> u.serial().equals(target.serial()) && u.module().equals(target.module()))
          .forEach(unit -> ecus.put(unit.serial(), new KnownEcu(unit.hardware(), 0)));
      String told = behaviour.hasHardware(attempt, target);
      if (told != null) {
        ecus.computeIfPresent(target.serial(), (serial, ecu) -> new KnownEcu(told, 0));
      }
    }
    return ecus;
  }

  /** One that was not issued here starts from what the ECU was built with. */
  private static Target target(
      String vin, ManifestClaims claims, ManifestClaims.Target target, VehicleMemory memory) {
    String before =
        memory
            .versionBefore(vin, claims.version(), target.module())
            .or(
                () ->
                    memory.ecus(vin, claims.issuedAt()).stream()
                        .filter(unit -> unit.module().equals(target.module()))
                        .map(Unit::software)
                        .findFirst())
            .orElse(null);
    return new Target(
        target.module(), target.ecuSerial(), target.hardwareId(), target.version(), before);
  }

  private static Kind kind(String vin, long version, VehicleMemory memory) {
    return memory.isRollback(vin, version) ? Kind.ROLLBACK : Kind.UPDATE;
  }
}

package convoy.jobs.simulate;

import convoy.data.campaign.OwnerConsent;
import convoy.data.duckdb.VehicleMemory;
import convoy.data.duckdb.VehicleMemory.Unit;
import convoy.data.duckdb.VehicleMemory.Vehicle;
import convoy.data.manifest.KnownEcu;
import convoy.data.manifest.ManifestClaims;
import convoy.data.manifest.ManifestPart;
import convoy.data.manifest.VerifiedManifest;
import convoy.data.update.Preconditions;
import convoy.jobs.simulate.SimulatedAttempt.Kind;
import convoy.jobs.simulate.SimulatedAttempt.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes attempts of manifests and of what vehicles know of themselves. */
final class SimulatedAttempts {
  private SimulatedAttempts() {}

  /** The attempts that a manifest says it is for, its own first; enough to refuse them. */
  static List<SimulatedAttempt> of(
      String vin, ManifestClaims claims, Vehicle vehicle, VehicleMemory memory) {
    return claims.parts().stream()
        .map(
            part ->
                new SimulatedAttempt(
                    vin,
                    vehicle.model(),
                    vehicle.region(),
                    part.campaign(),
                    part.wave(),
                    claims.version(),
                    part.attempt(),
                    part.targets().stream()
                        .map(target -> target(vin, claims, target, memory))
                        .toList(),
                    claims.issuedAt(),
                    claims.issuedAt(),
                    Preconditions.NONE,
                    OwnerConsent.DEFAULT,
                    kind(vin, claims.version(), part.campaign(), memory)))
        .toList();
  }

  /** The same of a part that was verified: with its order of installation and its terms. */
  static SimulatedAttempt of(
      VerifiedManifest manifest, ManifestPart part, SimulatedAttempt claimed) {
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
        part.targets().stream().map(target -> claims.get(target.ecuSerial())).toList(),
        claimed.issuedAt(),
        manifest.expiresAt(),
        part.preconditions(),
        part.owner().consent(),
        claimed.kind());
  }

  /**
   * What a vehicle knows of its ECUs, by serial.
   *
   * @param units those that the exports name
   * @param behaviour whose rules may say that an ECU has other hardware
   */
  static Map<String, KnownEcu> ecus(
      List<SimulatedAttempt> attempts, Collection<Unit> units, VehicleBehaviour behaviour) {
    Map<String, KnownEcu> ecus = new HashMap<>();
    units.forEach(unit -> ecus.putIfAbsent(unit.serial(), new KnownEcu(unit.hardware(), 0)));
    for (SimulatedAttempt attempt : attempts) {
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

  private static Kind kind(String vin, long version, String campaign, VehicleMemory memory) {
    return memory.isRollback(vin, version, campaign) ? Kind.ROLLBACK : Kind.UPDATE;
  }
}
